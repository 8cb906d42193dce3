-- Statutes beside these, by title: each by its newest version.
select t.statute, t.title, t.day, t.effective from statute_text t
where not t.statute in keys($1) --if sqlite
where t.statute <> all(cast($1 as text[])) --if postgres
and (t.title, t.statute) > ($2, $3)
and not exists (select 1 from statute_text later where later.statute = t.statute and later.day > t.day)
order by t.title, t.statute limit $4
