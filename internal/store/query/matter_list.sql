-- "hits" are few and sorted when all are there: PostgreSQL would rather walk all matters for a LIMIT,
-- which is slow for a rare text; offset 0 keeps it from that. A branch of a merge it walks in order
-- only if told so; SQLite does of itself, and takes no order there.
select * from ( --if hits
select
--include matter_columns
--include matter_from
--include matter_where
and (m.sort_day, m.id) < ($14, $15) --if after newest !back !stream !merge
and (m.sort_day, m.id) > ($14, $15) --if after newest back !stream !merge
and (a.sort_day, a.matter) < ($14, $15) --if after merge !back
and (a.sort_day, a.matter) > ($14, $15) --if after merge back
and search.rowid < $20 --if after stream !back
and search.rowid > $20 --if after stream back
and m.next_due > 0 --if due
and (m.next_due, m.id) > ($14, $15) --if after due !back
and (m.next_due, m.id) < ($14, $15) --if after due back
offset 0) as x --if hits
order by m.sort_day desc, m.id desc --if newest walk !back
order by m.sort_day desc, m.id desc --if newest measured !back
order by m.sort_day desc, m.id desc --if newest given !back
order by m.sort_day, m.id --if newest walk back
order by m.sort_day, m.id --if newest given back
order by m.sort_day, m.id --if newest measured back
order by x.sort_day desc, x.id desc --if hits !back
order by x.sort_day, x.id --if hits back
order by search.rowid desc --if stream !back
order by search.rowid --if stream back
order by m.next_due, m.id --if due !back
order by m.next_due desc, m.id desc --if due back
order by a.sort_day desc, a.matter desc --if postgres merge !back
order by a.sort_day, a.matter --if postgres merge back
limit $16 --if !stream !merge
limit $16 --if postgres merge
