insert into session (id, person, data, expires)
values ($1, $2, $3, $4)
on conflict (id) do update set person = excluded.person, data = excluded.data, expires = excluded.expires
