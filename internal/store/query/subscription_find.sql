select blind, sealed, made, confirmed, since, told, expires from subscription where id = $1 and expires > $2
