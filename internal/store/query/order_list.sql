-- The newest of a person: $1, at most $2.
select id, kind, person, sealed, total, done, failed, state, created
from act_order
where person = $1
order by created desc, id
limit $2
