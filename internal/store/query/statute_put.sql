insert into statute_text (id, statute, day, effective, adopted, title, numbering, head, annex, place_in_list, hash, source)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
