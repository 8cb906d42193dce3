-- Statutes beside these, by title: each by its newest version; with a part of the title, or any.
select t.statute, t.title, t.day, t.effective from statute_text t
where not t.statute in keys($1) --if sqlite
where t.statute <> all(cast($1 as text[])) --if postgres
and (t.title, t.statute) > ($2, $3)
and not exists (select 1 from statute_text later where later.statute = t.statute and later.day > t.day)
and ($5 = '' or instr(t.title, $5) > 0) --if sqlite
and (cast($5 as text) = '' or strpos(t.title, cast($5 as text)) > 0) --if postgres
order by t.title, t.statute limit $4
