-- How many matters a reader sees of whom nothing else is asked, counted to $16; parameters as in matter_where.
select count(*) from (select distinct a.matter
from matter_access a
where a.holder in keys($1) and not a.deny and a.day_from <= $2 and a.day_to > $2
and a.shard <> 0 --if cases
and not a.closed --if open
and a.closed --if closed
and a.matter not in (select d.matter from matter_access d where d.holder in keys($1) and d.deny and d.allows = 'read' and d.day_from <= $2 and d.day_to > $2)
limit $16) as counted
