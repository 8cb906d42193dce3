insert into matter_access (shard, matter, holder, allows, deny, day_from, day_to, sort_day)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (shard, matter, holder, allows, deny, day_from) do update set day_to = excluded.day_to
