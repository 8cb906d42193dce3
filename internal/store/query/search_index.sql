insert into search (rowid, g, c) values ($1, $5, $6)
