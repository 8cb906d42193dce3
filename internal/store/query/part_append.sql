insert into part (shard, matter, seq, class, party, key_id, wrapped, ciphertext, commitment, cipher_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
