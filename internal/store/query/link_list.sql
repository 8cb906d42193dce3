select kind, to_matter from link where shard = $1 and matter = $2 order by kind, to_matter
