-- Results that were published, as lists and feeds of the public find them: a projection of matters of publishing, one row
-- for each kind of problem and one under '' for all. It holds what everybody may know: no text, no place finer than a
-- county. day: first published; changed: minutes since 1970 in Asia/Shanghai of the last act that everybody notices.
create table outcome (
  shard integer not null,
  matter bigint not null,
  kind text not null,
  day integer not null,
  changed bigint not null,
  organ text not null,
  place text not null,
  result text not null,
  typical boolean not null,
  withdrawn boolean not null,
  primary key (shard, matter, kind)
);
create index outcome_newest on outcome (kind, day, matter);
create index outcome_changed on outcome (kind, changed, matter);
