-- The matters of an organ past their term, those longest past it first. Of a class, those alone that have such a part.
select r.matter, r.due
from retention r
where r.holder = $1 and r.procedure = $2 and r.scope = $3 and r.due <= $4
  and ($3 = 'whole' or exists (select 1 from part p where p.shard = r.shard and p.matter = r.matter and p.class = $3))
order by r.due, r.matter limit $5
