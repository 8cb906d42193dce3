delete from factor where person = $1 and kind = $2
