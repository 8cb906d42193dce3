insert into factor (person, id, kind, name, sealed, used, made)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (person, id) do update set name = excluded.name, sealed = excluded.sealed, used = excluded.used
