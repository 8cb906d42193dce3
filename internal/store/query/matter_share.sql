select state from matter where shard = $1 and id = $2
for share --if postgres
