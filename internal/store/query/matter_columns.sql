-- The columns that scanRow reads, of m.
m.id, m.procedure, m.version, m.stage, m.rev, m.holder, m.opened_day, m.sort_day,
m.number, m.closed, m.confidential, m.category, m.organ, m.assignee, m.next_due
