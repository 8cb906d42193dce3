update contact set expires = $1 where blind = $2 and expires > $3
