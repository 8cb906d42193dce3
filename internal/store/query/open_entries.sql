-- the records of the matters that are not closed
select e.header, e.prev, e.hash
from matter m
join entry e on e.shard = m.shard and e.matter = m.id
where m.shard between $1 and $2 and not m.closed
order by m.shard, m.id, e.seq
