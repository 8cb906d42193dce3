-- The published results a filter lets through: $1 kind of problem, '' for all; $2 organ, $3 county, $4 result, $5 and $6
-- first and last day, $7 and $8 the cursor (day, id), $10 and $11 text (SQLite: $10 alone); $12 and $13 after which and up
-- to which instant the change was noted, $14 one alone. By words nothing is found that was withdrawn, even while the text
-- index still holds it; of those that changed last all that were withdrawn are there, so that who had one by its words is
-- told.
from outcome o
join outcome_news n on n.shard = o.shard and n.matter = o.matter --if noted
where o.kind = $1
and o.organ = $2 --if organ
and o.place = $3 --if place
and o.result = $4 --if result
and o.day >= $5 --if from
and o.day <= $6 --if to
and o.typical --if typical
and (o.day, o.matter) < ($7, $8) --if after
and n.noted > $12 and n.noted <= $13 --if noted
and o.matter = $14 --if one
and not o.withdrawn --if text !changed
and o.matter in (select s.matter --if text !changed
and (o.withdrawn or o.matter in (select s.matter --if text changed
from search cross join search_row s where search match $10 and s.id = search.rowid --if sqlite text
from search_row s where true --if postgres text
and s.g @@ cast($10 as tsquery) --if postgres grams
and s.c @@ cast($11 as tsquery) --if postgres chars
and s.class = 'public') --if text
) --if text changed
