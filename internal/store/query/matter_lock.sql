-- SQLite has one writer: nothing to lock.
select state from matter where shard = $1 and id = $2
for update --if postgres
