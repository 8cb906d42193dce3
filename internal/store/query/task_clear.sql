delete from task where shard = $1 and matter = $2
