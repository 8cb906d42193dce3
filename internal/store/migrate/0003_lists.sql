-- Lists of a reader walk what is given to each of his keys, newest first; most ask for open matters
-- only, of which there are few however many there ever were.
alter table matter_access add column closed boolean not null default false;
create index access_open on matter_access (holder, sort_day, matter) where not closed;
create index matter_stage on matter (stage, sort_day, id);
