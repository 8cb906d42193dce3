insert into read_log (shard, seq, matter, line, at, prev, hash)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (shard, seq) do nothing
