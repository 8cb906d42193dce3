select id, coalesce(uniq, ''), kind, matter, args, run_at, attempt, created
from job
where kind = $1 and done_at is not null
order by done_at desc, created desc, id desc
limit 1
