-- Entries that may enter the log at $1, at most $2, with their headers.
select w.ready, w.shard, w.matter, w.seq, e.header
from (select ready, shard, matter, seq from ledger_wait where ready <= $1 order by ready, shard, matter, seq limit $2) w
cross join entry e on e.shard = w.shard and e.matter = w.matter and e.seq = w.seq --if sqlite
join entry e on e.shard = w.shard and e.matter = w.matter and e.seq = w.seq --if postgres
