insert into account (person, login, name, hash, failures, locked_until, disabled)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (person) do update set login = excluded.login, name = excluded.name, hash = excluded.hash,
  failures = excluded.failures, locked_until = excluded.locked_until, disabled = excluded.disabled
