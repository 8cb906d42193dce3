-- One row of four claims: something given, "act" given, "read" denied, something denied.
select
  coalesce(max(case when not deny then 1 else 0 end), 0),
  coalesce(max(case when not deny and allows = 'act' then 1 else 0 end), 0),
  coalesce(max(case when deny and allows = 'read' then 1 else 0 end), 0),
  coalesce(max(case when deny then 1 else 0 end), 0)
from matter_access
where shard = $1 and matter = $2
and holder in keys($3) and day_from <= $4 and day_to > $4
