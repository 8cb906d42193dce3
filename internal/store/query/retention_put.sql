insert into retention (shard, matter, scope, procedure, holder, due) values ($1, $2, $3, $4, $5, $6)
