insert into pow_used (token, expires) values ($1, $2) on conflict (token) do nothing
