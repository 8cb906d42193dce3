-- Who read, and for which organ, beside the line of the log that says it, to list by. person and organ repeat the line.
alter table read_log add column person text not null default '';
alter table read_log add column organ text not null default '';
create index read_person on read_log (person, at);
create index read_organ on read_log (organ, at) where organ <> '';

-- By what personal data a matter is found: a keyed hash of the number, never the number.
create table personal (
  blind text not null,
  shard integer not null,
  matter bigint not null,
  seq integer not null,
  primary key (blind, shard, matter, seq)
);
create index personal_matter on personal (shard, matter);
