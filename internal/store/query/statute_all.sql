-- Every version that is held.
--include statute_columns
from statute_text t order by t.statute, t.day
