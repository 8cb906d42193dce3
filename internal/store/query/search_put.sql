insert into search_row (id, shard, matter, class) values ($1, $2, $3, $4) on conflict (id) do nothing --if sqlite
insert into search_row (id, shard, matter, class, g, c) values ($1, $2, $3, $4, cast($5 as tsvector), cast($6 as tsvector)) on conflict (shard, id) do nothing --if postgres
