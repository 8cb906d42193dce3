insert into outcome (shard, matter, kind, day, changed, organ, place, result, typical, withdrawn)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
