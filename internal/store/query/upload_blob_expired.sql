select b.address
from upload_blob b
join upload u on u.id = b.upload
where u.expires <= $1
order by b.address
