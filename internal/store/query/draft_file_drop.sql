delete from draft_file where draft = $1 and name = $2
