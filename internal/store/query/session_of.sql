select id, person, needs, how, begun, used, proved, proved_by, origin, agent, expires
from session
where person = $1 and expires > $2
order by begun desc, id
