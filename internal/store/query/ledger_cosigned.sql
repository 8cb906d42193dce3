-- The cosignatures of the newest checkpoint that has one.
select name, size, body, line
from ledger_cosignature
where size = (select max(size) from ledger_cosignature)
order by name
