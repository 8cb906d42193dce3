update serve_link set used = $1 where mac = $2 and used = 0
