delete from statute_article where version = $1
