-- Files on their way in, piece by piece. id is a hash of the upload's address, holder a hash of whose it is (a draft, a
-- person); sealed holds the name and the keys of the pieces. arrived counts the bytes on disk.
create table upload (
  id blob not null primary key,
  holder blob not null,
  sealed blob not null,
  length bigint not null,
  arrived bigint not null,
  expires bigint not null
);
create index upload_holder on upload (holder);
create index upload_expires on upload (expires);

-- What lies in the evidence store for an upload and for nothing else, so that it goes when the upload goes.
create table upload_blob (
  upload blob not null references upload (id) on delete cascade,
  address text not null,
  primary key (upload, address)
);
