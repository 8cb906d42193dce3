select id, holder, sealed, length, arrived, expires from upload where id = $1 and expires > $2
for update --if postgres
