select shard, count, last, key_id, signature from head where shard = $1
for update --if postgres
