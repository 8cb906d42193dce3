update contact set sealed = $1 where shard = $2 and matter = $3 and kind = $4 and sealed = $5
