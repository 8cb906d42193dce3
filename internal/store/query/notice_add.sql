insert into notice (id, person, matter, what, due, told, seen)
values ($1, $2, $3, $4, $5, $6, 0)
