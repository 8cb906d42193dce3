insert into job (id, uniq, kind, matter, args, run_at, attempt, fault, created, done_at)
values ($1, $2, $3, $4, $5, $6, 0, '', $7, null)
on conflict (uniq) do nothing
