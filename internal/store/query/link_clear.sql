delete from link where shard = $1 and matter = $2
