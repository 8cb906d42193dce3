select header, prev, hash
from entry
where shard = $1 and matter = $2 and seq > $3
order by seq
