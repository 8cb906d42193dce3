-- What lists of accounts say of each: that it was ended, not only locked, and when its owner last came in. The history of
-- sign-ins forgets after a year; that somebody never came in is not to be forgotten with it.
alter table account add column ended boolean not null default false;
alter table account add column signed_in bigint not null default 0;

update account set ended = true
where exists (select 1 from matter m where m.shard = 0 and m.id = account.matter and m.stage = 'ended');
update account set signed_in = coalesce((select max(s.at) from sign_in s where s.person = account.person and s.result = 'in'), 0);
