-- What matters take up for a time: rooms, persons. starts and ends are civil minutes in Asia/Shanghai (day * 1440 + minute),
-- ends exclusive; off: it was called off and takes nothing up, but who was told of it is to learn that.
create table booking (
  shard integer not null,
  matter bigint not null,
  name text not null,
  starts bigint not null,
  ends bigint not null,
  off integer not null,
  turn integer not null,
  primary key (shard, matter, name)
);
create index booking_name on booking (name, ends);
