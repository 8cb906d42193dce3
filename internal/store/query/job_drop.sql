delete from job where done_at < $1
