select count(*) from job where uniq in keys($1)
