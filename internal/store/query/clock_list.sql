select matter, name, term, status, due_on, role, day_first, day_last
from clock
where shard = $1 and matter = $2
order by name
