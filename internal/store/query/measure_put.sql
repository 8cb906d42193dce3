-- $1: rows as a JSON array of arrays, in the order of the columns
insert into measure (shard, matter, name, value, day, days, month, holder, organ, place, handler)
select w.value->>0, w.value->>1, w.value->>2, w.value->>3, w.value->>4, w.value->>5, w.value->>6, w.value->>7, w.value->>8, w.value->>9, w.value->>10 from json_each($1) w where true --if sqlite
select (w->>0)::int, (w->>1)::bigint, w->>2, w->>3, (w->>4)::int, (w->>5)::int, (w->>6)::int, w->>7, w->>8, w->>9, w->>10 from json_array_elements($1::json) w --if postgres
on conflict (shard, matter, name, value) do update set day = excluded.day, days = excluded.days, month = excluded.month,
  holder = excluded.holder, organ = excluded.organ, place = excluded.place, handler = excluded.handler
