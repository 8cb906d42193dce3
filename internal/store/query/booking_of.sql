select matter, name, starts, ends, off, turn from booking where shard = $1 and matter = $2 order by name
