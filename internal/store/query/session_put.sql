insert into session (id, person, needs, how, begun, used, proved, origin, agent, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (id) do update set person = excluded.person, needs = excluded.needs, how = excluded.how, begun = excluded.begun,
  used = excluded.used, proved = excluded.proved, origin = excluded.origin, agent = excluded.agent, expires = excluded.expires
