select a.person, a.login, a.name, a.hash, a.failures, a.locked_until, a.disabled
from session s join account a on a.person = s.person
where s.id = $1 and s.expires > $2
