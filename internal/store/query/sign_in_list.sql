-- Attempts to sign in to an account, the latest first. $1 person, $2 before, $3 how many
select person, at, how, result, origin, agent
from sign_in
where person = $1 and at < $2
order by at desc, id
limit $3
