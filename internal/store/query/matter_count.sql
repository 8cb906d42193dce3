-- $16 at most so many, or all
select count(*) from (select 1 --if !stream
select count(*) from (select distinct s.matter --if stream
--include matter_from
--include matter_where
limit $16) as counted
