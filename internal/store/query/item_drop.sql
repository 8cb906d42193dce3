-- A row recorded and overtaken at the same instant was never known.
delete from register_item
where shard = $1 and matter = $2 and kind = $3 and name = $4 and day_from = $5 and rec_from = $6
