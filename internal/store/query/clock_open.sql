-- How many clocks are open, and how many of them hang on a day from $1 to $2.
select count(*), coalesce(sum(case when day_last >= $1 and day_first <= $2 then 1 else 0 end), 0)
from clock
where status in ('running', 'suspended')
