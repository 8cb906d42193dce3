-- $4 and $5 are the holder and the size as they were claimed.
update ledger_state set origin = $1, size = $2, checkpoint = $3
where id = 1 and holder = $4 and size = $5
