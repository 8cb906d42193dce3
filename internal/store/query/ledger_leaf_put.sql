-- $1 is a JSON list of [place, shard, matter, seq, leaf in hex].
insert into ledger_leaf (place, shard, matter, seq, leaf)
select json_extract(w.value, '$[0]'), json_extract(w.value, '$[1]'), json_extract(w.value, '$[2]'), json_extract(w.value, '$[3]'), unhex(json_extract(w.value, '$[4]')) from json_each($1) w --if sqlite
select (w.value->>0)::bigint, (w.value->>1)::int, (w.value->>2)::bigint, (w.value->>3)::int, decode(w.value->>4, 'hex') from json_array_elements($1::json) w(value) --if postgres
