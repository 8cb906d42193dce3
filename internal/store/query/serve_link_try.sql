update serve_link set tries = tries + 1 where mac = $1
