insert into counter (series, organ, year, last)
values ($1, $2, $3, $4)
on conflict (series, organ, year) do update set last = excluded.last where counter.last < excluded.last
