-- Open clocks that hang on a day up to $1, after the cursor: $2 last day they hang on, at least the first that matters,
-- $3 matter, $4 name; $5 limit. The cursor alone bounds the days from below.
select matter, name, day_first, day_last
from clock
where status in ('running', 'suspended') and day_first <= $1 and (day_last, matter, name) > ($2, $3, $4)
order by day_last, matter, name
limit $5
