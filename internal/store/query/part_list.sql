select seq, class, party, key_id, wrapped, ciphertext, commitment, cipher_hash
from part
where shard = $1 and matter = $2
order by seq, class, party
