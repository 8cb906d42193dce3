-- The newest checkpoint of the log that each witness has cosigned: body is what was signed, line the signature as signed notes
-- write it (docs/decisions/0015-ledger.md).
create table ledger_cosignature (
  name text not null primary key,
  size bigint not null,
  body text not null,
  line text not null
);
