insert into answer (actor, name, body_hash, answer, matter, expires)
values ($1, $2, $3, $4, $5, $6)
on conflict (actor, name) do nothing
