-- Whether an entry may enter the log at $1.
select exists (select 1 from ledger_wait where ready <= $1)
