-- The matters of the rows of the text index that hold all phrases. $17, $18 and $19 as in matter_where.
select s.shard, s.matter, case when s.class = 'staff' then 1 else 0 end as inner_text
from search cross join search_row s where search match $17 and s.id = search.rowid --if sqlite
from search_row s where true --if postgres
and s.g @@ cast($17 as tsquery) --if postgres grams
and s.c @@ cast($18 as tsquery) --if postgres chars
and s.class in keys($19)
