select m.procedure, count(*) --if procedure_column
select m.stage, count(*) --if stage_column
select m.holder, count(*) --if holder_column
select m.organ, count(*) --if organ_column
select m.category, count(*) --if category_column
select m.assignee, count(*) --if assignee_column
--include matter_from
--include matter_where
group by 1
order by 1
