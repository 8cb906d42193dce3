update subscription set sealed = $1 where id = $2 and sealed = $3
