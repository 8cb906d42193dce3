select
--include matter_columns
, m.state
from matter m
where m.shard between $1 and $2 and not m.closed
order by m.shard, m.id
