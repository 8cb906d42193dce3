-- What waits for whom is read from matter, clock and matter_access; nothing ever read these.
drop table task;
drop index link_back;
