select id, kind, person, sealed, total, done, failed, state, created
from act_order
where id = $1
