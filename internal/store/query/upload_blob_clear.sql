delete from upload_blob where upload = $1
