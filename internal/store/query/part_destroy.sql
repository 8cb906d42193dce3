delete from part
where shard = $1 and matter = $2 and seq = $3 and class = $4 and party = $5
