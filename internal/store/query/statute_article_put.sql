insert into statute_article (version, n, article, sub, place, paras) values ($1, $2, $3, $4, $5, $6)
