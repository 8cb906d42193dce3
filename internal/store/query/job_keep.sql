update job set run_at = $1, args = $2 where id = $3 and attempt = $4 and done_at is null
