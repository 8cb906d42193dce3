-- A whole number kept as text, one higher.
insert into meta (name, value) values ($1, '1')
on conflict (name) do update set value = cast(cast(meta.value as bigint) + 1 as text)
