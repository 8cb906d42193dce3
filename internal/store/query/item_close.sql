update register_item set rec_to = $1
where shard = $2 and matter = $3 and kind = $4 and name = $5 and day_from = $6 and rec_from = $7
