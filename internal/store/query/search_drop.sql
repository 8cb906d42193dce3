delete from search_row where shard = $1 and id = $2
