update account set failures = $1, locked_until = $2 where person = $3
