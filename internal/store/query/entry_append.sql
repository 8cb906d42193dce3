insert into entry (shard, matter, seq, kind, act, actor, happened, recorded, header, prev, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (shard, matter, seq) do nothing
