update contact_code set expires = 0 where id = $1
