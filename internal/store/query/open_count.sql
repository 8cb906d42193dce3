select count(*)
from matter m
where not m.closed
