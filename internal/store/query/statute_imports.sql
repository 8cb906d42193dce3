select at, actor, what, statute, day, hash, source from statute_import where statute = $1 order by at, day, id
