-- Which matter drew which number of a series: what is listed by organ, series and year. What became of it the state tells.
create table number (
  shard integer not null,
  matter bigint not null,
  series text not null,
  organ text not null,
  year integer not null,
  n integer not null,
  primary key (shard, matter, series, organ, year, n)
);
create index number_in on number (organ, series, year, n);
insert into number (shard, matter, series, organ, year, n)
select m.shard, m.id, json_extract(w.value, '$.series'), json_extract(w.value, '$.organ'), json_extract(w.value, '$.year'), json_extract(w.value, '$.n') from matter m, json_each(m.state, '$.numbers') w; --if sqlite
select m.shard, m.id, w.value->>'series', w.value->>'organ', (w.value->>'year')::int, (w.value->>'n')::int from matter m, json_array_elements(case json_typeof(m.state::json->'numbers') when 'array' then m.state::json->'numbers' else '[]' end) w(value); --if postgres
