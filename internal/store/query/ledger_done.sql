-- $1 is a JSON list of [ready, shard, matter, seq].
delete from ledger_wait
where (ready, shard, matter, seq) in (
  select json_extract(w.value, '$[0]'), json_extract(w.value, '$[1]'), json_extract(w.value, '$[2]'), json_extract(w.value, '$[3]') from json_each($1) w --if sqlite
  select (w.value->>0)::bigint, (w.value->>1)::int, (w.value->>2)::bigint, (w.value->>3)::int from json_array_elements($1::json) w(value) --if postgres
)
