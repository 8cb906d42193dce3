select matter, kind, name, day_from, day_to, attrs, rec_from, rec_to
from register_item
where kind = $1 and name = $2
order by rec_from, day_from, matter
