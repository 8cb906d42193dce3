select made from feed where person = $1
