-- How many tables there are but for goose's own and meta, and whether those two are there.
select coalesce(sum(case when name <> $1 and name <> $2 then 1 else 0 end), 0),
  coalesce(sum(case when name = $1 then 1 else 0 end), 0), coalesce(sum(case when name = $2 then 1 else 0 end), 0)
from sqlite_master where type = 'table' and name not like 'sqlite_%' --if sqlite
from (select cast(c.relname as text) as name from pg_class c where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind in ('r', 'p')) as t --if postgres
