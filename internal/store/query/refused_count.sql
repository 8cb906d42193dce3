insert into refused (day, procedure, act, reason, n)
values ($1, $2, $3, $4, 1)
on conflict (day, procedure, act, reason) do update set n = refused.n + 1
