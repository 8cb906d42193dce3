select shard, count, last, key_id, signature from head where shard = $1
