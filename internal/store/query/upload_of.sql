select id, holder, sealed, length, arrived, expires from upload where holder = $1 and expires > $2 order by id
