insert into upload (id, holder, sealed, length, arrived, expires)
values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set sealed = excluded.sealed, arrived = excluded.arrived
