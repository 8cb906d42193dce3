select matter
from contact
where blind = $1 and expires > $2
order by matter
limit $3
