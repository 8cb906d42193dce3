select place, shard, matter, seq, leaf from ledger_leaf where shard = $1 and matter = $2 and seq = $3
