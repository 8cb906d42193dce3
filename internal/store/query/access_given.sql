-- What is given to the reader, of which nothing else is asked; parameters as in matter_where.
from matter_access a where a.holder in keys($1) and not a.deny and a.day_from <= $2 and a.day_to > $2
and not a.closed --if open
