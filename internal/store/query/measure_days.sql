-- The same by days from receipt instead of months: what a median is made from.
select f.name, f.value, f.days, f.holder, f.organ, substr(f.place, 1, 6), f.handler, count(*) --if handler
select f.name, f.value, f.days, f.holder, f.organ, substr(f.place, 1, 6), '', count(*) --if !handler
--include measure_from
group by 1, 2, 3, 4, 5, 6, 7
