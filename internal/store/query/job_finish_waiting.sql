update job set done_at = $1 where uniq in keys($2) and run_at <= $3 and done_at is null
