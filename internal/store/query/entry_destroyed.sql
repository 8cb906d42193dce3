-- The entries by which parts were destroyed.
select header, prev, hash from entry where kind = 'destroy' order by shard, matter, seq
