-- Blobs that only drafts expiring by $1 name.
select distinct f.address
from draft_file f
join draft d on d.id = f.draft
where d.expires <= $1
and not exists (select 1 from draft_file f2 join draft d2 on d2.id = f2.draft where f2.address = f.address and d2.expires > $1)
order by f.address
