-- How many matters a reader sees of whom nothing else is asked, counted to $16; parameters as in matter_where.
select count(*) from (select distinct a.matter
from matter_access a
where given(a)
and a.shard <> 0 --if cases
and not a.closed --if open
and a.closed --if closed
and a.matter not in (select d.matter from matter_access d where denied(d))
limit $16) as counted
