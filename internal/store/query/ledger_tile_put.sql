insert into ledger_tile (level, n, data) values ($1, $2, $3)
on conflict (level, n) do update set data = excluded.data
