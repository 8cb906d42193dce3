select id, blind, sealed, made, confirmed, since, told, expires from subscription
where blind = $1 and expires > $2
order by made, id
