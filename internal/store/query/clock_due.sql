-- $1 last day, then the cursor: $2 day, $3 matter, $4 name; $5 limit
select matter, name, term, status, due_on, role
from clock
where status = 'running' and due_on > 0 and due_on <= $1 and (due_on, matter, name) > ($2, $3, $4)
order by due_on, matter, name
limit $5
