-- A code that was good for one use has ended, and another stands in its place. That it was used can be told to whoever
-- tries it again.
alter table receipt_code add column ended integer not null default 0;
