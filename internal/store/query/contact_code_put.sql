insert into contact_code (id, blind, mac, tries, made, expires) values ($1, $2, $3, 0, $4, $5)
