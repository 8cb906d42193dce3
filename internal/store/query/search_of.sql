-- The places of a matter in the text index, of one class or of all.
select id from search_row where shard = $1 and matter = $2 and (class = $3 or $3 = '')
