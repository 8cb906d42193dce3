-- The days of the calendar that the count of an open clock hangs on, 0 and 0 where it hangs on none: after a holiday notice
-- only those are counted again that it can touch. A row not written since says that any day may.
alter table clock add column day_first integer not null default 0;
alter table clock add column day_last integer not null default 2147483647;
create index clock_reach on clock (day_last, matter, name, day_first) where status in ('running', 'suspended');
