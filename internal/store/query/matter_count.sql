-- $16 at most so many, or all
select count(*) from (select 1
--include matter_from
--include matter_where
limit $16) as counted
