-- Who has a second factor of one of two kinds. $1, $2 the kinds
select distinct person
from factor
where kind in ($1, $2)
order by person
