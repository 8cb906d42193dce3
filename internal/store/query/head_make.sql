insert into head (shard, count, last, key_id, signature)
values ($1, 0, $2, '', $3)
on conflict (shard) do nothing
