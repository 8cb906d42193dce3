select shard, seq, matter, line, at, prev, hash, person, organ from read_log where shard = $1 and seq > $2 order by seq limit $3
