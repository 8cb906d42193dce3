-- The columns that scanRow reads. In a merge the order must come from matter_access, whose index has it.
m.id, m.procedure, m.version, m.stage, m.rev, m.holder, m.opened_day, m.sort_day, --if !merge
a.matter as id, m.procedure, m.version, m.stage, m.rev, m.holder, m.opened_day, a.sort_day as sort_day, --if merge
m.number, m.closed, m.confidential, m.category, m.organ, m.assignee, m.next_due, m.news_day
