select
--include matter_columns
from matter m
where m.shard = $1 and m.id = $2
