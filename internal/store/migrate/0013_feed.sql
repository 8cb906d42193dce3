-- What a calendar program fetches: one secret address a person, kept as its hash alone.
create table feed (
  id blob not null primary key,
  person text not null unique,
  made bigint not null
);
-- Clocks that stand still have no due day; there are few.
create index clock_still on clock (matter, name) where status = 'suspended';
