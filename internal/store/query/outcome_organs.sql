-- The organs of which anything was published
select distinct organ from outcome where kind = '' and organ <> '' order by organ
