insert into draft (id, sealed, expires)
values ($1, $2, $3)
on conflict (id) do update set sealed = excluded.sealed, expires = excluded.expires
