insert into ledger_cosignature (name, size, body, line) values ($1, $2, $3, $4)
on conflict (name) do update set size = excluded.size, body = excluded.body, line = excluded.line
where ledger_cosignature.size <= excluded.size
