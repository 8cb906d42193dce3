-- From which day on what of a finished matter may be appraised and destroyed: scope is whole, or a class of parts that is
-- kept for a shorter time. A projection: nothing stands here of matters that are open, kept for ever, or destroyed.
create table retention (
  shard integer not null,
  matter bigint not null,
  scope text not null,
  procedure text not null,
  holder text not null,
  due integer not null,
  primary key (shard, matter, scope)
);
create index retention_due on retention (holder, procedure, scope, due, matter);
-- What was destroyed is listed from here, to be destroyed again after an older backup is restored.
create index entry_destroyed on entry (shard, matter, seq) where kind = 'destroy';
