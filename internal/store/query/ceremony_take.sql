delete from ceremony where id = $1 and expires > $2 returning sealed
