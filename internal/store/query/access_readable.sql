-- Of a set of matters, $3 a JSON object from id to shard, those that a reader may read: $1 keys, $2 day.
select a.matter
from json_each($3) w cross join matter_access a on a.shard = cast(w.value as integer) and a.matter = cast(w.key as integer) --if sqlite
from json_each_text($3::json) w join matter_access a on a.shard = w.value::int and a.matter = w.key::bigint --if postgres
where a.holder in keys($1) and live(a)
group by a.matter
having max(case when not a.deny then 1 else 0 end) = 1 and max(case when a.deny and a.allows = 'read' then 1 else 0 end) = 0
