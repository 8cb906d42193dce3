select matter from personal where blind = $1 order by shard, matter limit $2
