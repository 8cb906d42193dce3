update part set key_id = $1, wrapped = $2
where shard = $3 and matter = $4 and seq = $5 and class = $6 and party = $7
