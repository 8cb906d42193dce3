update job set done_at = $1 where id = $2 and attempt = $3 and done_at is null
