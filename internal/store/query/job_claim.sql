-- $1 end of the lease, $2 now, $3 kinds, $4 limit
update job set run_at = $1, attempt = attempt + 1
where id in (
  select id from job
  where done_at is null and run_at <= $2
  and kind in keys($3) --if kinds
  order by run_at, id limit $4
  for update skip locked --if postgres
)
returning id, coalesce(uniq, ''), kind, matter, args, run_at, attempt, created
