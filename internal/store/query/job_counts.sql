select coalesce(sum(case when run_at < $1 then 1 else 0 end), 0), coalesce(sum(case when run_at = $1 then 1 else 0 end), 0)
from job
where done_at is null
