update head set count = $1, last = $2, key_id = $3, signature = $4 where shard = $5
