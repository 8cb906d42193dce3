select matter, name, term, status, due_on, role
from clock
where shard = $1 and matter = $2
order by name
