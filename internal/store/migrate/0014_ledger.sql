-- The log of entries (docs/decisions/0015-ledger.md). These tables are local: one log for the whole installation.

-- The outbox: entries the log does not hold yet. ready is 0, or for an anonymous matter the end of the minute of writing. The
-- key is all there is to a row, so that nothing tells in which order rows of one minute came.
create table ledger_wait (
  ready bigint not null,
  shard integer not null,
  matter bigint not null,
  seq integer not null,
  primary key (ready, shard, matter, seq)
) without rowid; --if sqlite
); --if postgres

-- The leaves in order of the log, 0, 1, 2 … leaf is HMAC-SHA-256(salt of the header, header).
create table ledger_leaf (
  place integer not null primary key, --if sqlite
  place bigint not null primary key, --if postgres
  shard integer not null,
  matter bigint not null,
  seq integer not null,
  leaf blob not null,
  unique (shard, matter, seq)
);

-- Tiles of the tree as C2SP tlog-tiles cuts it: up to 256 hashes of 32 bytes. The last of each level grows.
create table ledger_tile (
  level integer not null,
  n bigint not null,
  data blob not null,
  primary key (level, n)
);

-- One row: who appends until when, how far the log goes, and its newest signed checkpoint.
create table ledger_state (
  id integer not null primary key,
  origin text not null,
  holder text not null,
  until bigint not null,
  size bigint not null,
  checkpoint text not null
);
insert into ledger_state (id, origin, holder, until, size, checkpoint) values (1, '', '', 0, 0, '');

-- What was entered before there was a log.
insert into ledger_wait (ready, shard, matter, seq) select 0, shard, matter, seq from entry;

create trigger ledger_leaf_update before update on ledger_leaf begin select raise(abort, 'ledger_leaf is append-only'); end; --if sqlite
create trigger ledger_leaf_delete before delete on ledger_leaf begin select raise(abort, 'ledger_leaf is append-only'); end; --if sqlite
create trigger ledger_leaf_keep before update or delete on ledger_leaf for each row execute function append_only(); --if postgres
create trigger ledger_leaf_truncate before truncate on ledger_leaf for each statement execute function append_only(); --if postgres
