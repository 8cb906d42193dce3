-- The matters from which a link of a kind leads to one, newest first.
select m.id, m.state from link l join matter m on m.shard = l.shard and m.id = l.matter
where l.to_matter = $1 and l.kind = $2
order by m.sort_day desc, l.matter desc
limit $3
