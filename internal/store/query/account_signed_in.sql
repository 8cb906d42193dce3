update account set signed_in = $1 where person = $2
