-- Parts after a place, in order of their places, whole.
select matter, seq, class, party, key_id, wrapped, ciphertext, commitment, cipher_hash
from part
where (shard, matter, seq, class, party) > ($1, $2, $3, $4, $5)
order by shard, matter, seq, class, party limit $6
