-- Links by which a party collects a paper that is served electronically, as keyed hashes: neither the link nor what the
-- party must know beside it stands here. Beside the record.
create table serve_link (
  mac blob not null primary key,
  matter bigint not null,
  proof blob not null,
  tries integer not null,
  expires bigint not null,
  used bigint not null
);
create index serve_link_matter on serve_link (matter);
create index serve_link_expires on serve_link (expires);
