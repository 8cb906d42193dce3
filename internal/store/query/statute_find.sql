-- Articles that hold all phrases, in the versions that held on a day, after a cursor. Texts are ordered by their place in the
-- list of statutes.
--include statute_columns
, a.n, a.article, a.sub, a.place, a.paras
from statute_article a join statute_text t on t.id = a.version
where (a.version, a.n) in (
select rowid / 16777216, rowid / 256 % 65536 from statute_search where statute_search match $1 --if sqlite
select s.id / 16777216, s.id / 256 % 65536 from statute_search s where true --if postgres
and s.g @@ cast($1 as tsquery) --if postgres grams
and s.c @@ cast($2 as tsquery) --if postgres chars
)
and t.day <= $3
and not exists (select 1 from statute_text later where later.statute = t.statute and later.day > t.day and later.day <= $3)
and t.statute = $4 --if within
and (t.place_in_list, t.statute, a.n) > ($5, $6, $7)
order by t.place_in_list, t.statute, a.n limit $8
