-- $1 kind, $2 day (0: every validity), $3 instant known at
select matter, kind, name, day_from, day_to, attrs, rec_from, rec_to
from register_item
where kind = $1 and ($2 = 0 or (day_from <= $2 and day_to > $2)) and rec_from <= $3 and rec_to > $3
order by name, day_from, matter
