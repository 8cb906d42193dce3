delete from outcome where shard = $1 and matter = $2
