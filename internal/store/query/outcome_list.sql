-- $9 is the limit.
select o.matter, o.day, o.changed
--include outcome_match
order by o.day desc, o.matter desc --if !changed
order by o.changed desc, o.matter desc --if changed
limit $9
