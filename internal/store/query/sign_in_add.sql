insert into sign_in (id, person, at, how, result, origin, agent)
values ($1, $2, $3, $4, $5, $6, $7)
