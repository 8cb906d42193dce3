delete from search_row where shard = $1 and matter = $2 and class = $3
