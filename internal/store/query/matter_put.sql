insert into matter (shard, id, procedure, version, stage, rev, holder, opened_day, sort_day, number,
  closed, confidential, category, organ, assignee, next_due, state, news_day)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
on conflict (shard, id) do update set
  procedure = excluded.procedure, version = excluded.version, stage = excluded.stage, rev = excluded.rev,
  holder = excluded.holder, opened_day = excluded.opened_day, sort_day = excluded.sort_day,
  number = excluded.number, closed = excluded.closed, confidential = excluded.confidential,
  category = excluded.category, organ = excluded.organ, assignee = excluded.assignee,
  next_due = excluded.next_due, state = excluded.state, news_day = excluded.news_day
