select header, prev, hash
from entry
where shard between $1 and $2
order by shard, matter, seq
