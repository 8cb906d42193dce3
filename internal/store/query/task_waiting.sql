-- $1 holder keys, $2 and $3 the cursor (day, matter), $4 the reader's keys, $5 the day, $6 limit
select
--include matter_columns
, t.holder, t.act, t.due_on
from task t
join matter m on m.shard = t.shard and m.id = t.matter
where t.holder in keys($1)
and (t.due_on, t.matter) > ($2, $3)
and exists (select 1 from matter_access a where a.shard = m.shard and a.matter = m.id
  and a.holder in keys($4) and not a.deny and a.day_from <= $5 and a.day_to > $5)
and not exists (select 1 from matter_access d where d.shard = m.shard and d.matter = m.id
  and d.holder in keys($4) and d.deny and d.allows = 'read' and d.day_from <= $5 and d.day_to > $5)
order by t.due_on, t.matter, t.holder, t.act
limit $6
