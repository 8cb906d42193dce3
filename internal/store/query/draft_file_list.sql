select name, sealed, address from draft_file where draft = $1 order by name
