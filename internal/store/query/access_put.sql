insert into matter_access (shard, matter, holder, allows, deny, day_from, day_to, sort_day, closed)
values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce((select m.closed from matter m where m.shard = $1 and m.id = $2), false))
on conflict (shard, matter, holder, allows, deny, day_from) do update set day_to = excluded.day_to, closed = excluded.closed
