-- Open matters by the organ that holds them and who works on them (the registers stand on shard 0): how
-- many, how many late, how many due soon, and how many of them the reader may read. Matters the reader may
-- not know of are not counted.
-- $1 the reader's keys, $2 the day, $3 the last day that is soon, $4 organs whose matters are counted
select m.holder, m.assignee, count(*),
sum(case when m.next_due > 0 and m.next_due < $2 then 1 else 0 end),
sum(case when m.next_due >= $2 and m.next_due <= $3 then 1 else 0 end),
sum(case when exists (select 1 from matter_access a where a.shard = m.shard and a.matter = m.id
  and given(a)) then 1 else 0 end)
from matter m --if over
from (select distinct a.shard, a.matter from matter_access a --if !over
  where given(a) and not a.closed) v --if !over
cross join matter m --if !over
where not m.closed and m.shard <> 0
and m.holder in keys($4) --if over
and m.shard = v.shard and m.id = v.matter --if !over
and not exists (select 1 from matter_access d where d.shard = m.shard and d.matter = m.id
  and denied(d))
group by m.holder, m.assignee
order by m.holder, m.assignee
