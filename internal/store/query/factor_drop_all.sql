delete from factor where person = $1
