-- $1 last day, then the cursor: $2 day, at least 1, $3 matter, $4 name; $5 limit; $6 names and terms left out.
-- The cursor alone bounds the days from below: another bound would be taken for the search in its place.
select matter, name, term, status, due_on, role, day_first, day_last
from clock
where status = 'running' and due_on <= $1 and (due_on, matter, name) > ($2, $3, $4)
and not (name || ' ' || term) in keys($6)
order by due_on, matter, name
limit $5
