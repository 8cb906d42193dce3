-- How many rows of the text index match, counted to 1001: is the text common?
select count(*) from (
--include search_hit
limit 1001) as hit
