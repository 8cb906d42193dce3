select id, coalesce(uniq, ''), kind, matter, args, run_at, attempt, created, fault
from job
where done_at is null and fault <> ''
order by created, id
limit $1
