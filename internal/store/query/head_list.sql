select shard, count, last, key_id, signature from head order by shard
