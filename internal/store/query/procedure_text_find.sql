select procedure, files from procedure_text where hash = $1
