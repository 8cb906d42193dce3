select id, coalesce(uniq, ''), kind, matter, args, run_at, attempt, created
from job
where kind = $1 and done_at is null
order by created, id
