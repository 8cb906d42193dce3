insert into feed (id, person, made) values ($1, $2, $3) on conflict (person) do update set id = excluded.id, made = excluded.made
