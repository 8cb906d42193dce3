select kind, day, changed, organ, place, result, typical, withdrawn
from outcome
where shard = $1 and matter = $2
order by kind
