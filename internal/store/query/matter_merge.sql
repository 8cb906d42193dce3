-- After the branches of a merge: columns 8 and 1 are sort_day and id.
order by 8 desc, 1 desc --if !back
order by 8, 1 --if back
limit $16
