-- How many a filter lets through, up to $9
select count(*) from (select 1
--include outcome_match
limit $9) as counted
