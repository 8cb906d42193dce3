insert into register_item (shard, matter, kind, name, day_from, day_to, attrs, rec_from, rec_to)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
