-- $1 names as a JSON array, $2 and $3 the time: what is taken up of them then, or was and is called off.
select matter, name, starts, ends, off, turn
from booking
where name in keys($1) and ends > $2 and starts < $3
order by starts, name, matter
