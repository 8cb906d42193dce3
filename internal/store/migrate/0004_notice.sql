-- What somebody was told: a rung of a ladder, or an act that names whom to tell. Not of the record.
create table notice (
  id bigint not null primary key,
  person text not null,
  matter bigint not null,
  what text not null,
  due integer not null,
  told bigint not null,
  seen bigint not null
);
create index notice_person on notice (person, seen, told);
