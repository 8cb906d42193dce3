insert into ceremony (id, sealed, expires) values ($1, $2, $3)
