delete from serve_link where matter = $1
