select matter, kind, blind, sealed, expires
from contact
order by matter, kind
