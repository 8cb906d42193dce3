select matter, kind, name, day_from, day_to, attrs, rec_from, rec_to
from register_item
where shard = $1 and matter = $2
order by kind, name, rec_from, day_from
