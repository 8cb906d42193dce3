delete from statute_text where id = $1
