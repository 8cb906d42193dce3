insert into contact (shard, matter, kind, blind, sealed, expires)
values ($1, $2, $3, $4, $5, $6)
on conflict (shard, matter, kind) do update set blind = excluded.blind, sealed = excluded.sealed, expires = excluded.expires
