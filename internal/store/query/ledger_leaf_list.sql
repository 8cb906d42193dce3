-- The leaves at the places $1 to $2, the last not included.
select place, shard, matter, seq, leaf from ledger_leaf where place >= $1 and place < $2 order by place
