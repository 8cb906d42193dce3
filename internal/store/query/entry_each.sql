-- header, prev and hash as entry_list gives them, then the columns that repeat what the header says.
select header, prev, hash, shard, matter, seq, kind, act, actor, happened, recorded
from entry
where shard between $1 and $2
order by shard, matter, seq
