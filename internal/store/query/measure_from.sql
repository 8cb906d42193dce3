-- The rows of measures that are counted: $1 the reader's keys, $2 the day of his rights, $3 measures,
-- $4 and $5 first and last day, $6 holders. "read": of matters given to him; "deny": not of those denied.
from (select distinct a.shard, a.matter from matter_access a where a.holder in keys($1) and not a.deny and a.day_from <= $2 and a.day_to > $2) v cross join measure f --if read
from measure f --if !read
where f.name in keys($3) and f.day >= $4 and f.day <= $5
and f.shard = v.shard and f.matter = v.matter --if read
and f.holder in keys($6) --if holders
and not exists (select 1 from matter_access d where d.shard = f.shard and d.matter = f.matter and d.holder in keys($1) and d.deny and d.allows = 'read' and d.day_from <= $2 and d.day_to > $2) --if deny
