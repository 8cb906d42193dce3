-- The versions of one statute, oldest first.
--include statute_columns
from statute_text t where t.statute = $1 order by t.day
