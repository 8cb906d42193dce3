-- What a list, count or tally walks. $1 the reader's keys, $2 the day, $20 the text searched for.
-- "narrow" starts from what is given to the reader, "stream" from the text index in list order;
-- SQLite keeps the order of a cross join.
from matter m --if !narrow !stream
from (select distinct a.shard, a.matter from matter_access a where a.holder in (select key from json_each($1)) and not a.deny and a.day_from <= $2 and a.day_to > $2) v cross join matter m --if narrow
from search cross join search_row s cross join matter m --if stream
