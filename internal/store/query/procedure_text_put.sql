insert into procedure_text (hash, procedure, files) values ($1, $2, $3) on conflict (hash) do nothing
