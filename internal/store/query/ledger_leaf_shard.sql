select place, shard, matter, seq, leaf from ledger_leaf where shard = $1 order by matter, seq
