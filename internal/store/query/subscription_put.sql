insert into subscription (id, blind, sealed, made, confirmed, since, told, expires) values ($1, $2, $3, $4, 0, $4, 0, $5)
