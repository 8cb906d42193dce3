select id, blind, sealed, made, confirmed, since, told, expires from subscription order by id
