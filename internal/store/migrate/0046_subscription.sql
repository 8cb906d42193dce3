-- Who follows published results by mail: the address and what is followed are sealed together, blind is a keyed hash of the
-- address alone. since: up to when changes were told of, told: the last day a mail went out, confirmed: 0 until the owner
-- of the address said so. Beside the record; a row is gone with its end.
create table subscription (
  id blob not null primary key,
  blind text not null,
  sealed blob not null,
  made bigint not null,
  confirmed bigint not null,
  since bigint not null,
  told integer not null,
  expires bigint not null
);
create index subscription_blind on subscription (blind, made);
create index subscription_expires on subscription (expires);

-- When what everybody sees of a published result last changed, by the clock of the machine: an act entered late is news
-- all the same. Forgotten when everybody has been told.
create table outcome_news (
  shard integer not null,
  matter bigint not null,
  noted bigint not null,
  primary key (shard, matter)
);
create index outcome_news_noted on outcome_news (noted);
