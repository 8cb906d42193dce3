insert into counter (series, organ, year, last)
values ($1, $2, $3, 1)
on conflict (series, organ, year) do update set last = counter.last + 1
returning last
