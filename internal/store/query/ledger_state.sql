select origin, holder, until, size, checkpoint from ledger_state where id = 1
