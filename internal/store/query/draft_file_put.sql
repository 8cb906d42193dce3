insert into draft_file (draft, name, sealed, address)
values ($1, $2, $3, $4)
on conflict (draft, name) do update set sealed = excluded.sealed, address = excluded.address
