-- Counts and lists of a reader read these indexes alone, and the few denials apart from what is given.
drop index access_holder;
create index access_given on matter_access (holder, sort_day, matter, day_from, day_to, closed, deny, shard) where not deny;
drop index access_open;
create index access_open on matter_access (holder, sort_day, matter, day_from, day_to, closed, deny, shard) where not deny and not closed;
create index access_denied on matter_access (holder, matter, allows, day_from, day_to, deny) where deny;
create index notice_matter on notice (person, matter) where seen = 0;
