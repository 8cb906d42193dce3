delete from personal where shard = $1 and matter = $2 and seq = $3
