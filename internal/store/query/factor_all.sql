select person, id, kind, name, sealed, used, made
from factor
order by person, id
