-- Parts after a place, in order of their places, that another key than $6 has wrapped.
select shard, matter, seq, class, party, key_id, wrapped
from part
where (shard, matter, seq, class, party) > ($1, $2, $3, $4, $5) and key_id <> $6
order by shard, matter, seq, class, party limit $7
