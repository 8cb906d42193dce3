update contact_code set tries = tries + 1 where id = $1
