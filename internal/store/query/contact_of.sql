select matter, kind, blind, sealed, expires
from contact
where shard = $1 and matter = $2 and expires > $3
order by kind
