-- Clocks of the matters that a filter lets through (matter_where.sql): the running ones due from $31 to $32, behind the
-- cursor (day, matter, name) $33 to $35, by due day; or those that stand still, behind the cursor, which has day 0.
select
--include matter_columns
, c.name, c.due_on
from clock c cross join matter m --if walk
--include matter_from --if !walk
cross join clock c --if !walk
--include matter_where
and c.shard = m.shard and c.matter = m.id
and c.status = 'suspended' and (c.matter, c.name) > ($34, $35) --if still
and c.status = 'running' and c.due_on >= $31 and c.due_on <= $32 and (c.due_on, c.matter, c.name) > ($33, $34, $35) --if !still
order by c.matter, c.name --if still
order by c.due_on, c.matter, c.name --if !still
limit $16
