select body_hash, answer, matter, expires from answer where actor = $1 and name = $2
