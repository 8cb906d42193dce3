-- Those to be told of what changed before $1, after the one given, that have not expired at $2
select id, blind, sealed, made, confirmed, since, told, expires from subscription
where confirmed > 0 and since < $1 and expires > $2 and id > $3
order by id
limit $4
