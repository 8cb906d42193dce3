select person, data, expires from session where id = $1 and expires > $2
