-- The first schema. One text for both databases: a line ending in "--if postgres" or "--if sqlite"
-- is for that one only; on PostgreSQL blob is written bytea, and text compares by code ("C").
-- Days are days since 1970-01-01 in Asia/Shanghai, 2147483647 where there is no end. Instants are
-- microseconds in UTC, 9223372036854775807 where there is no end. JSON is written by the program.
-- shard leads primary and unique keys of sharded tables; indexes for lists lead with what they list by.

create table meta (
  name text not null primary key,
  value text not null
);
insert into meta (name, value) values ('program', 'yifa');

-- The record. entry is the truth; everything below it up to register_item can be made from it again.
create table entry (
  shard integer not null,
  matter bigint not null,
  seq integer not null,
  kind text not null,
  act text not null,
  actor text not null,
  happened integer not null,
  recorded bigint not null,
  header text not null,
  prev blob not null,
  hash blob not null,
  primary key (shard, matter, seq)
);

create table part (
  shard integer not null,
  matter bigint not null,
  seq integer not null,
  class text not null,
  party text not null,
  key_id text not null,
  wrapped blob not null,
  ciphertext blob not null,
  commitment blob not null,
  cipher_hash blob not null,
  primary key (shard, matter, seq, class, party)
);

create table matter (
  shard integer not null,
  id bigint not null,
  procedure text not null,
  version text not null,
  stage text not null,
  rev integer not null,
  holder text not null,
  opened_day integer not null,
  sort_day integer not null,
  number text not null,
  closed boolean not null,
  confidential boolean not null,
  category text not null,
  organ text not null,
  assignee text not null,
  next_due integer not null,
  state text not null,
  primary key (shard, id)
);
create index matter_newest on matter (sort_day, id);
create index matter_holder on matter (holder, sort_day, id);
create index matter_organ on matter (organ, sort_day, id) where organ <> '';
create index matter_assignee on matter (assignee, sort_day, id) where assignee <> '';
create index matter_number on matter (number) where number <> '';
create index matter_due on matter (next_due, id) where next_due > 0;

create table clock (
  shard integer not null,
  matter bigint not null,
  name text not null,
  term text not null,
  status text not null,
  due_on integer not null,
  role text not null,
  primary key (shard, matter, name)
);
create index clock_due on clock (due_on, matter, name) where status = 'running';

create table task (
  shard integer not null,
  matter bigint not null,
  holder text not null,
  act text not null,
  due_on integer not null,
  primary key (shard, matter, holder, act)
);
create index task_waiting on task (holder, due_on, matter);

create table matter_access (
  shard integer not null,
  matter bigint not null,
  holder text not null,
  allows text not null,
  deny boolean not null,
  day_from integer not null,
  day_to integer not null,
  sort_day integer not null,
  primary key (shard, matter, holder, allows, deny, day_from)
);
create index access_holder on matter_access (holder, sort_day, matter);

create table link (
  shard integer not null,
  matter bigint not null,
  kind text not null,
  to_matter bigint not null,
  primary key (shard, matter, kind, to_matter)
);
create index link_back on link (to_matter);

create table register_item (
  shard integer not null,
  matter bigint not null,
  kind text not null,
  name text not null,
  day_from integer not null,
  day_to integer not null,
  attrs text not null,
  rec_from bigint not null,
  rec_to bigint not null,
  primary key (shard, matter, kind, name, day_from, rec_from)
);
create index item_valid on register_item (kind, name, day_from);

-- Beside the record.
create table procedure_text (
  hash text not null primary key,
  procedure text not null,
  files text not null
);

create table counter (
  series text not null,
  organ text not null,
  year integer not null,
  last integer not null,
  primary key (series, organ, year)
);

create table head (
  shard integer not null primary key,
  count bigint not null,
  last blob not null,
  key_id text not null,
  signature blob not null
);

create table read_log (
  shard integer not null,
  seq integer not null,
  matter bigint not null,
  line text not null,
  at bigint not null,
  prev blob not null,
  hash blob not null,
  primary key (shard, seq)
);

create table rung (
  shard integer not null,
  matter bigint not null,
  clock text not null,
  round integer not null,
  name text not null,
  primary key (shard, matter, clock, round, name)
);

create table job (
  id bigint not null primary key,
  uniq text unique,
  kind text not null,
  matter bigint not null,
  args text not null,
  run_at bigint not null,
  attempt integer not null,
  fault text not null,
  created bigint not null,
  done_at bigint
);
create index job_due on job (run_at, id) where done_at is null;
create index job_done on job (done_at) where done_at is not null;

create table answer (
  actor text not null,
  name text not null,
  body_hash blob not null,
  answer blob not null,
  matter bigint not null,
  expires bigint not null,
  primary key (actor, name)
);
create index answer_expires on answer (expires);
create index answer_matter on answer (matter);

create table receipt_code (
  mac blob not null primary key,
  matter bigint not null
);

create table account (
  person text not null primary key,
  login text not null unique,
  name text not null,
  hash text not null,
  failures integer not null,
  locked_until bigint not null,
  disabled boolean not null
);

create table session (
  id blob not null primary key,
  person text not null,
  data blob not null,
  expires bigint not null
);
create index session_person on session (person);
create index session_expires on session (expires);

create table draft (
  id blob not null primary key,
  sealed blob not null,
  expires bigint not null
);
create index draft_expires on draft (expires);

create table draft_file (
  draft blob not null references draft (id) on delete cascade,
  name text not null,
  sealed blob not null,
  address text not null,
  primary key (draft, name)
);

create table pow_used (
  token text not null primary key,
  expires bigint not null
);
create index pow_expires on pow_used (expires);

create table refused (
  day integer not null,
  procedure text not null,
  act text not null,
  reason text not null,
  n bigint not null,
  primary key (day, procedure, act, reason)
);

-- One row per matter, class and piece of a long text. The id orders rows as lists order matters:
-- day of sorting, then the leading bits of the matter's id, then the piece.
create table search_row (
  id integer not null primary key, --if sqlite
  id bigint not null, --if postgres
  shard integer not null,
  matter bigint not null,
  class text not null,
  g tsvector not null, --if postgres
  c tsvector not null, --if postgres
  primary key (shard, id), --if postgres
  check (class not in ('filer', 'sealed'))
);
create index search_matter on search_row (shard, matter, class);
create index search_g on search_row using gin (g); --if postgres
create index search_c on search_row using gin (c); --if postgres
create virtual table search using fts5 (g, c, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'); --if sqlite
