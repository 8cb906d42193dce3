-- How many rows a filter by measure finds, up to $16
select count(*) from (select 1 from measure f
--include measure_match
limit $16) as counted
