insert into personal (blind, shard, matter, seq) values ($1, $2, $3, $4) on conflict do nothing
