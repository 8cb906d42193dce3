insert into act_order (id, kind, person, sealed, total, done, failed, state, created)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (id) do update set sealed = excluded.sealed, total = excluded.total, done = excluded.done, failed = excluded.failed, state = excluded.state
