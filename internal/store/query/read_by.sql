-- What a person ($1) read, and what was read in some organs ($2), newest first: of texts and files ($4 = 1), or of personal data.
select shard, seq, matter, line, at, prev, hash, person, organ from read_log
where (person = $1 or organ <> '' and organ in keys($2))
  and case when line like '%"what":"texts"%' or line like '%"what":"file"%' then 1 else 0 end = $4
order by at desc, shard, seq limit $3
