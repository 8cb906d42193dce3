select sealed, expires from draft where id = $1 and expires > $2
for update --if postgres
