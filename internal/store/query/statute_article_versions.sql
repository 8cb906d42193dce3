-- One article in every version that has it, oldest first.
select a.version, a.place, a.paras from statute_article a join statute_text t on t.id = a.version
where a.article = $1 and a.sub = $2 and t.statute = $3 order by t.day
