delete from statute_search
where rowid between $1 and $2 --if sqlite
where id between $1 and $2 --if postgres
