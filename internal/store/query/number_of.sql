select matter, series, organ, year, n from number where shard = $1 and matter = $2 order by series, organ, year, n
