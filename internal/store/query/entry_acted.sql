-- Whether anybody but $1 has acted.
select exists (select 1 from entry where actor <> $1)
