-- The master keys this data was ever sealed with. active: wraps and signs. former: opens, until all is wrapped anew.
-- closing: no new part may name it. retired: nothing names it. public checks what it signed, also once it is gone.

create table vault_key (
  id text not null primary key,
  state text not null,
  public blob not null,
  since bigint not null
);

create trigger part_key before insert on part when exists (select 1 from vault_key where id = new.key_id and state in ('closing', 'retired')) begin select raise(abort, 'this key is retired: the program has to read its keys again'); end; --if sqlite
create function part_key_holds() returns trigger language plpgsql as $$ begin --if postgres
  if exists (select 1 from vault_key where id = new.key_id and state in ('closing', 'retired')) then raise exception 'key % is retired: the program has to read its keys again', new.key_id; end if; --if postgres
  return new; --if postgres
end $$; --if postgres
create trigger part_key before insert on part for each row execute function part_key_holds(); --if postgres
