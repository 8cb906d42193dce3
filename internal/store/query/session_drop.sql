delete from session where id = $1
