insert into vault_key (id, state, public, since) values ($1, $2, $3, $4)
on conflict (id) do update set state = excluded.state, since = excluded.since
