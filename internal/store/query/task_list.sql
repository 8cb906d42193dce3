select holder, act, due_on
from task
where shard = $1 and matter = $2
order by holder, act
