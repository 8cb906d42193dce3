update notice set seen = $1 where person = $2 and matter = $3 and seen = 0
