-- Many acts asked for at once, done one by one by a job: a hand-over. What is asked and what came of each
-- line is sealed, for it holds names and reasons. It is no part of the record: each act has its own entry.
create table act_order (
  id text not null primary key,
  kind text not null,
  person text not null,
  sealed blob not null,
  total integer not null,
  done integer not null,
  failed integer not null,
  state text not null,
  created bigint not null
);
