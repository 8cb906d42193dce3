delete from booking where shard = $1 and matter = $2
