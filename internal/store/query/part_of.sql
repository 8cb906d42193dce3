-- The parts of some classes ($2) of a set of matters: $1 is a JSON object from id to shard.
select p.matter, p.seq, p.class, p.party, p.key_id, p.wrapped, p.ciphertext, p.commitment, p.cipher_hash
from json_each($1) w cross join part p on p.shard = cast(w.value as integer) and p.matter = cast(w.key as integer) --if sqlite
from json_each_text($1::json) w join part p on p.shard = w.value::int and p.matter = w.key::bigint --if postgres
where p.class in keys($2)
order by p.matter, p.seq
