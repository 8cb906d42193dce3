insert into serve_link (mac, matter, proof, tries, expires, used) values ($1, $2, $3, 0, $4, 0)
