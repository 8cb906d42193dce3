select person, id, kind, name, sealed, used, made
from factor
where person = $1
order by made, id
