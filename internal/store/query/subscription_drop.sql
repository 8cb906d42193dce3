delete from subscription where id = $1
