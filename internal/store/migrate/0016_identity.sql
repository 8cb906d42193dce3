-- How staff show who they are: what an account still asks of its owner, second factors, sessions with their limits, and
-- every attempt to sign in. What these tables hold is no part of the record and is not rebuilt from it.
alter table account add column matter bigint not null default 0;
alter table account add column must_change boolean not null default false;
alter table account add column second_failures integer not null default 0;
alter table account add column second_until bigint not null default 0;

-- Sessions of before end: they say nothing of when they began.
drop table session;
create table session (
  id blob not null primary key,
  person text not null,
  needs text not null,
  how text not null,
  begun bigint not null,
  used bigint not null,
  proved bigint not null,
  origin text not null,
  agent text not null,
  expires bigint not null
);
create index session_person on session (person);
create index session_expires on session (expires);

create table factor (
  person text not null,
  id text not null,
  kind text not null,
  name text not null,
  sealed blob not null,
  used bigint not null,
  made bigint not null,
  primary key (person, id)
);

create index factor_id on factor (id, kind);

create table sign_in (
  id blob not null primary key,
  person text not null,
  at bigint not null,
  how text not null,
  result text not null,
  origin text not null,
  agent text not null
);
create index sign_in_person on sign_in (person, at);
create index sign_in_at on sign_in (at);

-- What a sign-in with a passkey or a provider needs between its two requests; taken once.
create table ceremony (
  id blob not null primary key,
  sealed blob not null,
  expires bigint not null
);
create index ceremony_expires on ceremony (expires);
