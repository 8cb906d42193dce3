insert into rung (shard, matter, clock, round, name)
values ($1, $2, $3, $4, $5)
on conflict (shard, matter, clock, round, name) do nothing
