-- $1 who would append, $2 until when, $3 now
update ledger_state set holder = $1, until = $2
where id = 1 and (holder = $1 or until <= $3)
returning origin, holder, until, size, checkpoint
