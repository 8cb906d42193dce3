-- What figures are made from: one row for each measurable fact of a matter, with what tables are broken
-- down by. It follows from state and law, as the other projections do. days are calendar days from
-- receipt, month is year * 12 + month - 1 of the day; nothing in it depends on today.
create table measure (
  shard integer not null,
  matter bigint not null,
  name text not null,
  value text not null,
  day integer not null,
  days integer not null,
  month integer not null,
  holder text not null,
  organ text not null,
  place text not null,
  handler text not null,
  primary key (shard, matter, name, value)
);
create index measure_day on measure (name, day);
