delete from subscription where expires <= $1
