insert into account (person, login, name, hash, failures, locked_until, disabled, matter, must_change, second_failures, second_until, ended)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (person) do update set login = excluded.login, name = excluded.name, hash = excluded.hash,
  failures = excluded.failures, locked_until = excluded.locked_until, disabled = excluded.disabled, matter = excluded.matter,
  must_change = excluded.must_change, second_failures = excluded.second_failures, second_until = excluded.second_until, ended = excluded.ended
