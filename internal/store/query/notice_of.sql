select count(*) > 0 from (select 1 from notice where person = $1 and matter = $2 and seen = 0 limit 1) as told
