-- How many rows of the text index match, counted to 1001: is the text common? Of SQLite: rows after the cursor, of
-- any class; and how many rights the reader has, counted to 64.
select count(*)
, (select count(*) from (select 1 --if sqlite
--include access_given --if sqlite
limit 64)) --if sqlite
, 0 --if postgres
from (
select 1 from search where search match $17 --if sqlite
and rowid < $20 --if sqlite after !back
and rowid > $20 --if sqlite after back
--include search_hit --if postgres
limit 1001) as hit
