update factor set sealed = $1 where person = $2 and id = $3 and sealed = $4
