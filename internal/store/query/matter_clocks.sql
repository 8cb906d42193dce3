-- $1 is a JSON object from id to shard.
select m.id, m.state
from json_each($1) w cross join matter m on m.shard = cast(w.value as integer) and m.id = cast(w.key as integer) --if sqlite
from json_each_text($1::json) w join matter m on m.shard = w.value::int and m.id = w.key::bigint --if postgres
order by m.id
