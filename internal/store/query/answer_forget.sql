delete from answer where matter = $1
