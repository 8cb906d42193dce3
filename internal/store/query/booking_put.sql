insert into booking (shard, matter, name, starts, ends, off, turn)
values ($1, $2, $3, $4, $5, $6, $7)
