-- What a person handles in an organ, by procedure, whoever may read it: $1 person, $2 organ.
select procedure, version, count(*)
from matter
where assignee = $1 and assignee <> '' and holder = $2 and not closed
group by procedure, version
order by procedure, version
