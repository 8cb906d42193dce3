select person, login, name, hash, failures, locked_until, disabled
from account
where person = $1
