-- A session that has not expired and whose account it is. $1 the session, $2 now
select s.id, s.person, s.needs, s.how, s.begun, s.used, s.proved, s.proved_by, s.origin, s.agent, s.expires,
  a.person, a.login, a.name, a.hash, a.failures, a.locked_until, a.disabled, a.matter, a.must_change, a.second_failures, a.second_until, a.ended, a.signed_in
from session s join account a on a.person = s.person
where s.id = $1 and s.expires > $2
