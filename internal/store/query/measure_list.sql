select name, value, day, days, holder, organ, place, handler
from measure
where shard = $1 and matter = $2
order by name, value
