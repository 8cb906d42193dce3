insert into number (shard, matter, series, organ, year, n)
values ($1, $2, $3, $4, $5, $6)
