insert into statute_search (rowid, g, c) values ($1, $2, $3) --if sqlite
insert into statute_search (id, g, c) values ($1, cast($2 as tsvector), cast($3 as tsvector)) --if postgres
