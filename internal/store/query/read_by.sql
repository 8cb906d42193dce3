-- What a person ($1) read, and what was read in some organs ($2), newest first.
select shard, seq, matter, line, at, prev, hash, person, organ from read_log
where person = $1 or organ <> '' and organ in keys($2)
order by at desc, shard, seq limit $3
