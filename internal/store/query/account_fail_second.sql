update account set second_failures = $1, second_until = $2 where person = $3
