-- Whose calendar a secret address shows. $1 the hash of the address
select a.person, a.login, a.name, a.hash, a.failures, a.locked_until, a.disabled, a.matter, a.must_change, a.second_failures, a.second_until, a.ended, a.signed_in
from feed f join account a on a.person = f.person
where f.id = $1
