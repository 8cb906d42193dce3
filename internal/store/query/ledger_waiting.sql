select ready, shard, matter, seq
from ledger_wait
order by ready, shard, matter, seq
