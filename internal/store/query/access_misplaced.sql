-- Matters whose rights stand elsewhere in the order of lists than the matter does, or among the open ones and it does not.
select distinct a.matter from matter_access a
join matter m on m.shard = a.shard and m.id = a.matter
where a.sort_day <> m.sort_day or a.closed <> m.closed
order by a.matter
limit $1
