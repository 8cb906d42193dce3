select run_at from job where done_at is null and run_at < $1 order by run_at, id limit 1
