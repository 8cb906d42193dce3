delete from clock where shard = $1 and matter = $2
