-- Telephones, addresses and accounts elsewhere that filers who gave a name have confirmed: where to tell them that there
-- is news, and by what they find their matters again. blind is a keyed hash, sealed holds the address itself. Beside the
-- record, and gone with its day.
create table contact (
  shard integer not null,
  matter bigint not null,
  kind text not null,
  blind text not null,
  sealed blob not null,
  expires bigint not null,
  primary key (shard, matter, kind)
);
create index contact_blind on contact (blind, matter);
create index contact_expires on contact (expires);

-- Codes that were sent out, as keyed hashes: how often each was tried, and how many went to one address within a day.
create table contact_code (
  id blob not null primary key,
  blind text not null,
  mac blob not null,
  tries integer not null,
  made bigint not null,
  expires bigint not null
);
create index contact_code_blind on contact_code (blind, made);
create index contact_code_made on contact_code (made);
