insert into link (shard, matter, kind, to_matter)
values ($1, $2, $3, $4)
on conflict (shard, matter, kind, to_matter) do nothing
