insert into clock (shard, matter, name, term, status, due_on, role)
values ($1, $2, $3, $4, $5, $6, $7)
