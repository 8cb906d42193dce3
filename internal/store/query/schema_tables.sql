-- How many tables there are, and how many of the two that mark a database of Yifa.
select count(*), coalesce(sum(case when name in ($1, $2) then 1 else 0 end), 0)
from sqlite_master where type = 'table' and name not like 'sqlite_%' --if sqlite
from (select cast(c.relname as text) as name from pg_class c where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind in ('r', 'p')) as t --if postgres
