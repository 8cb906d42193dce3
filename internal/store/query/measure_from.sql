-- The rows of measures that are counted: $1 the reader's keys, $2 the day of his rights, $3 measures,
-- $4 and $5 first and last day, $6 holders. "read": of matters given to him; "deny": not of those denied.
from (select distinct a.shard, a.matter from matter_access a where given(a)) v cross join measure f --if read
from measure f --if !read
where f.name in keys($3) and f.day >= $4 and f.day <= $5
and f.shard = v.shard and f.matter = v.matter --if read
and f.holder in keys($6) --if holders
and not exists (select 1 from matter_access d where d.shard = f.shard and d.matter = f.matter and denied(d)) --if deny
