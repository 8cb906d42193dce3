-- How many matters of some organs ($1) are past their term on a day, by kind and scope.
select holder, procedure, scope, count(*)
from retention
where holder in keys($1) and due <= $2
group by holder, procedure, scope
order by holder, procedure, scope
