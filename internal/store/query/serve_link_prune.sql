delete from serve_link where expires <= $1
