insert into outcome_news (shard, matter, noted) values ($1, $2, $3)
on conflict (shard, matter) do update set noted = excluded.noted
