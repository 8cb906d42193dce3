select holder, allows, deny, day_from, day_to
from matter_access
where shard = $1 and matter = $2
order by holder, allows, deny, day_from
