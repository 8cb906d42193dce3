delete from feed where person = $1
