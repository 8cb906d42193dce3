select count(*) from part where key_id <> $1
