-- since begins with the first confirmation; a later one only lengthens
update subscription
set since = case when confirmed = 0 then $1 else since end, confirmed = case when confirmed = 0 then $1 else confirmed end, expires = $2
where id = $3 and expires > $4
