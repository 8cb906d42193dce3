-- The text index of SQLite joins its pieces in small steps, when it is told to (Tx.MergeSearch), and no more whenever
-- something is indexed: whoever waits for the writer waited for that.
insert into search (search, rank) values ('automerge', 0); --if sqlite
insert into search (search, rank) values ('crisismerge', 1999); --if sqlite
