delete from session where person = $1 and id <> $2
