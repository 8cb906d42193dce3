select address from upload_blob where upload = $1 order by address
