select person, login, name, hash, failures, locked_until, disabled, matter, must_change, second_failures, second_until, ended, signed_in
from account
order by person
