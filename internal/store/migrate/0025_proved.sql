-- By what somebody last showed who he is: the entry of an act that asks for it says so. Of a session older than this it is how it began.
alter table session add column proved_by text not null default '';
update session set proved_by = how;
