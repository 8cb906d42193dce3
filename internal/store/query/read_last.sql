select shard, seq, matter, line, at, prev, hash, person, organ from read_log where shard = $1 order by seq desc limit 1
