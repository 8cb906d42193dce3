insert into read_log (shard, seq, matter, line, at, prev, hash, person, organ)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (shard, seq) do nothing
