delete from contact where shard = $1 and matter = $2
