-- The numbers of a series of an organ and year below $4, the newest first, at most $5.
select matter, series, organ, year, n
from number
where organ = $1 and series = $2 and year = $3 and n < $4
order by n desc
limit $5
