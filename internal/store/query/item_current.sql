select matter, kind, name, day_from, day_to, attrs, rec_from, rec_to
from register_item
where shard = $1 and matter = $2 and rec_to = $3
order by kind, name, day_from
