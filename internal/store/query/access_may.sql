-- One row of four claims: something given, "act" given, "read" denied, something denied.
select
  coalesce(max(case when not deny then 1 else 0 end), 0),
  coalesce(max(case when not deny and allows = 'act' then 1 else 0 end), 0),
  coalesce(max(case when deny and allows = 'read' then 1 else 0 end), 0),
  coalesce(max(case when deny then 1 else 0 end), 0)
from matter_access a
where a.shard = $3 and a.matter = $4 and a.holder in keys($1) and live(a)
