-- Whoever changes the row is the one who sends; nobody else finds it as it was.
update subscription set since = $1, told = $2 where id = $3 and since = $4 and told = $5
