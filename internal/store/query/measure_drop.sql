-- $1: keys as a JSON array of arrays: shard, matter, name, value
delete from measure where (shard, matter, name, value) in (
  select w.value->>0, w.value->>1, w.value->>2, w.value->>3 from json_each($1) w --if sqlite
  select (w->>0)::int, (w->>1)::bigint, w->>2, w->>3 from json_array_elements($1::json) w --if postgres
)
