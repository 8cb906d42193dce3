insert into upload_blob (upload, address) values ($1, $2)
on conflict (upload, address) do nothing
