-- What is given to the reader, of which nothing else is asked; parameters as in matter_where.
from matter_access a where given(a)
and not a.closed --if open
