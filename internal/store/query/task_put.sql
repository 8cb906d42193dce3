insert into task (shard, matter, holder, act, due_on)
values ($1, $2, $3, $4, $5)
