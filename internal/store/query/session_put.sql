insert into session (id, person, needs, how, begun, used, proved, proved_by, origin, agent, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (id) do update set person = excluded.person, needs = excluded.needs, how = excluded.how, begun = excluded.begun,
  used = excluded.used, proved = excluded.proved, proved_by = excluded.proved_by, origin = excluded.origin, agent = excluded.agent, expires = excluded.expires
