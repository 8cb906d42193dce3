delete from contact where expires <= $1
