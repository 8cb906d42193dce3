delete from matter_access where shard = $1 and matter = $2
