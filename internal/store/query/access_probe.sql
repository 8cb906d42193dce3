-- Whether a reader is given many matters: how many rights there are, up to $3. $1 keys, $2 the day
select count(*) from (select 1 from matter_access a
where given(a)
and not a.closed --if open
limit $3) as counted
