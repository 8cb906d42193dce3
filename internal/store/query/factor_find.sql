select person, id, kind, name, sealed, used, made
from factor
where kind = $1 and id = $2
