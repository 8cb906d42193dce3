-- SQLite only; before search_drop.
delete from search where rowid = $1
