-- Which matters a reader sees, and which of them the filter lets through. Parameters:
-- $1 the reader's keys, $2 the day, $3 procedure, $4 stage or stages, $5 holders, $6 organ, $7 category,
-- $8 assignee, $9 number, $10 and $11 opened from and to, $12 due by, $13 due before,
-- $14 and $15 the cursor (day, id), $16 limit, $17 and $18 text (SQLite: $17 alone), $19 classes,
-- $21 due from,
-- $20 the place in the text index that stands for the cursor, $22 to $29 a measure (measure_match.sql),
-- $30 the key of a branch
-- (The plus keeps SQLite from gathering all matters of a stage to sort them by day, where it can walk the days.)
-- (The id of a matter holds its shard; without it SQLite finds a denial in the small index of denials.)
where not exists (select 1 from matter_access d where d.matter = m.id
  and d.shard = m.shard --if postgres
  and denied(d))
and exists (select 1 from matter_access a where a.shard = m.shard and a.matter = m.id and given(a)) --if !merge !given !few
and s.matter in (select a.matter --if few
--include access_given --if few
) --if few
and search.rowid >= (select min(a.sort_day) << 47 --if few
--include access_given --if few
) --if few
and m.shard = v.shard and m.id = v.matter --if measured
and a.holder = $30 and not a.deny and live(a) and m.shard = a.shard and m.id = a.matter --if merge
and not a.closed --if merge open
and m.shard = v.shard and m.id = v.matter --if given
and m.shard = v.shard and m.id = v.matter --if hits
and (v.inner_text = 0 or ( --if hits
--include access_acts --if hits
)) --if hits
and m.procedure = $3 --if procedure
and m.stage = $4 --if stage
and m.stage in keys($4) --if stages !due
and m.stage in keys($4) --if stages due postgres
and +m.stage in keys($4) --if stages due sqlite
and m.holder = $5 --if holder
and m.holder in keys($5) --if holders
and m.next_due = 0 --if no_due
and m.organ = $6 and m.organ <> '' --if organ
and m.category = $7 --if category
and m.assignee = $8 and m.assignee <> '' --if assignee
and m.assignee <> '' and (m.assignee in keys($8) or m.assignee || '@' || m.holder in keys($8)) --if assignees
and m.assignee = '' --if unassigned
and m.shard <> 0 --if cases
and m.number = $9 and m.number <> '' --if number
and not m.closed --if open
and m.closed --if closed
and m.opened_day >= $10 --if opened_from
and m.opened_day <= $11 --if opened_to
and m.next_due >= $21 --if due_from
and m.next_due > 0 and m.next_due <= $12 --if due_by
and m.next_due > 0 and m.next_due < $13 --if due_before
and search match $17 and s.id = search.rowid --if stream !recent
and s.id = search.place --if stream recent
and m.shard = s.shard and m.id = s.matter and s.class in keys($19) --if stream
and (s.class <> 'staff' or ( --if stream
--include access_acts --if stream
)) --if stream
and exists (select 1 from search_row s where s.shard = m.shard and s.matter = m.id and s.class in keys($19) --if text !stream !hits
and (s.class <> 'staff' or ( --if text !stream !hits
--include access_acts --if text !stream !hits
)) --if text !stream !hits
and s.g @@ cast($17 as tsquery) --if postgres text !stream !hits grams
and s.c @@ cast($18 as tsquery) --if postgres text !stream !hits chars
and exists (select 1 from search where search match $17 and rowid = s.id) --if sqlite text !stream !hits
) --if text !stream !hits
and exists (select 1 from measure f --if figure !measured
--include measure_match --if figure !measured
and f.shard = m.shard and f.matter = m.id) --if figure !measured
