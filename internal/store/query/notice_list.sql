select id, matter, what, due, told
from notice
where person = $1 and seen = 0
order by told desc, id
limit $2
