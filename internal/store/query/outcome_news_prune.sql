delete from outcome_news where noted <= $1
