select day, procedure, act, reason, n from refused where day between $1 and $2 order by day, procedure, act, reason
