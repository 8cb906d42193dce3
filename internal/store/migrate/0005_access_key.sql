-- PostgreSQL multiplies the selectivity of shard and id as if they were independent, and then expects
-- next to no rows of a join on both; a foreign key tells it better. (PutMatter comes before PutAccess.)
alter table matter_access add foreign key (shard, matter) references matter (shard, id); --if postgres
