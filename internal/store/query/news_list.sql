-- Keyed hashes of the codes by which matters with news since day $1 are looked up, with that day. What was split off a
-- matter is looked up by the code of that one.
select r.mac, m.news_day
from matter m join receipt_code r on r.matter = m.id
where m.news_day >= $1 and m.news_day > 0 and r.ended = 0
union all
select r.mac, m.news_day
from matter m join link l on l.shard = m.shard and l.matter = m.id and l.kind = 'split_from' join receipt_code r on r.matter = l.to_matter
where m.news_day >= $1 and m.news_day > 0
