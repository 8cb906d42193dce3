-- SQLite only; before search_drop.
delete from search where rowid in (select id from search_row where shard = $1 and matter = $2 and class = $3)
