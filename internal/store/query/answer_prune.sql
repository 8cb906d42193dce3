delete from answer where expires < $1
