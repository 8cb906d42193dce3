-- Texts of statutes as an operator imported them: public, beside the record, put anew by each import of other words.
-- day is the day of effect, or where effective is false the day of adoption. head, annex, place and paras are JSON.
create table statute_text (
  id integer not null primary key,
  statute text not null,
  day integer not null,
  effective boolean not null,
  adopted integer not null,
  title text not null,
  numbering text not null,
  head text not null,
  annex text not null,
  place_in_list integer not null,
  hash text not null,
  source text not null,
  unique (statute, day)
);
create index statute_title on statute_text (title, statute);

create table statute_article (
  version integer not null,
  n integer not null,
  article integer not null,
  sub integer not null,
  place text not null,
  paras text not null,
  primary key (version, n)
);
create unique index statute_article_at on statute_article (article, sub, version);

-- Who imported which words when. Nothing is taken out of it.
create table statute_import (
  id bigint not null primary key,
  at bigint not null,
  actor text not null,
  what text not null,
  statute text not null,
  day integer not null,
  hash text not null,
  source text not null
);
create index statute_import_at on statute_import (statute, day, at);

-- The text index: a row for each piece of an article, at version * 2^24 + n * 2^8 + piece.
create table statute_search ( --if postgres
  id bigint not null primary key, --if postgres
  g tsvector not null, --if postgres
  c tsvector not null --if postgres
); --if postgres
create index statute_search_g on statute_search using gin (g); --if postgres
create index statute_search_c on statute_search using gin (c); --if postgres
create virtual table statute_search using fts5 (g, c, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'); --if sqlite
