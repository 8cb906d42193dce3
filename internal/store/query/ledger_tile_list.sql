select level, n, data from ledger_tile order by level, n
