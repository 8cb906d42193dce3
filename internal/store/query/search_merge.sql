-- SQLite only: FTS5's command, with the number of its pages to write at most.
insert into search (search, rank) values ('merge', $1)
