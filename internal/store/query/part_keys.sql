select distinct key_id from part
