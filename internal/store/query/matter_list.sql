select
--include matter_columns
--include matter_from
--include matter_where
and (m.sort_day, m.id) < ($14, $15) --if after newest !back !stream
and (m.sort_day, m.id) > ($14, $15) --if after newest back !stream
and search.rowid < $20 --if after stream !back
and search.rowid > $20 --if after stream back
and m.next_due > 0 --if due
and (m.next_due, m.id) > ($14, $15) --if after due !back
and (m.next_due, m.id) < ($14, $15) --if after due back
order by m.sort_day desc, m.id desc --if newest !back !stream
order by m.sort_day, m.id --if newest back !stream
order by search.rowid desc --if stream !back
order by search.rowid --if stream back
order by m.next_due, m.id --if due !back
order by m.next_due desc, m.id desc --if due back
limit $16 --if !stream
