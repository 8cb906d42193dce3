-- What waits for somebody though no day of the office runs: without it, whoever waits for nothing walked every matter.
create index matter_turn on matter (stage, sort_day, id) where next_due = 0 and not closed;
