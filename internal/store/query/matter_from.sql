-- What a list, count or tally walks (SQLite keeps the order of a cross join):
-- merge: what is given to one key, $30, newest first; a list joins one such branch per key
-- given: the set of what is given to all keys
-- stream: the text index of SQLite, which is in the order of lists; recent: its first hits alone
-- hits: the set of rows of the text index that match
-- measured: the set of matters a filter by measure finds, where they are few
-- walk: matters, by whichever index the filter suits
from matter_access a cross join matter m --if merge
from (select distinct a.shard, a.matter from matter_access a where given(a) --if given
and not a.closed --if given open
) v cross join matter m --if given
from search cross join search_row s cross join matter m --if stream !recent
from (select rowid as place from search where search match $17 --if stream recent
and rowid < $20 --if stream recent after !back
and rowid > $20 --if stream recent after back
order by rowid desc --if stream recent !back
order by rowid --if stream recent back
limit 1000) as search cross join search_row s cross join matter m --if stream recent
from (select h.shard, h.matter, min(h.inner_text) as inner_text from ( --if hits
--include search_hit --if hits
) as h group by h.shard, h.matter) as v cross join matter m --if hits
from (select distinct f.shard, f.matter from measure f --if measured
--include measure_match --if measured
) as v cross join matter m --if measured
from matter m --if walk
