delete from factor where person = $1 and id = $2
