select data from ledger_tile where level = $1 and n = $2
