insert into clock (shard, matter, name, term, status, due_on, role, day_first, day_last)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
