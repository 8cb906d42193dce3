-- The last day on which somebody else did what the filer of a matter sees, 0 where nobody did: lists that tell of news
-- without naming anybody are made from it.
alter table matter add column news_day integer not null default 0;
create index matter_news on matter (news_day, id) where news_day > 0;
create index receipt_matter on receipt_code (matter);
