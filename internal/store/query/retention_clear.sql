delete from retention where shard = $1 and matter = $2
