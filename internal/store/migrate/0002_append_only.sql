-- What keeps entry and read_log append-only, and parts until a destroy entry of their matter stands.

create trigger entry_update before update on entry begin select raise(abort, 'entry is append-only'); end; --if sqlite
create trigger entry_delete before delete on entry begin select raise(abort, 'entry is append-only'); end; --if sqlite
create trigger read_log_update before update on read_log begin select raise(abort, 'read_log is append-only'); end; --if sqlite
create trigger read_log_delete before delete on read_log begin select raise(abort, 'read_log is append-only'); end; --if sqlite
create trigger part_update before update of shard, matter, seq, class, party, ciphertext, commitment, cipher_hash on part begin select raise(abort, 'only the wrapping of a part may change'); end; --if sqlite
create trigger part_delete before delete on part when not exists (select 1 from entry where shard = old.shard and matter = old.matter and kind = 'destroy') begin select raise(abort, 'no destroy entry stands'); end; --if sqlite

create function append_only() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$; --if postgres
create function part_stays() returns trigger language plpgsql as $$ begin --if postgres
  if tg_op = 'DELETE' and exists (select 1 from entry where shard = old.shard and matter = old.matter and kind = 'destroy') then return old; end if; --if postgres
  raise exception 'a part stays unless its matter has a destroy entry; only its wrapping may change'; --if postgres
end $$; --if postgres
create trigger entry_keep before update or delete on entry for each row execute function append_only(); --if postgres
create trigger entry_truncate before truncate on entry for each statement execute function append_only(); --if postgres
create trigger read_log_keep before update or delete on read_log for each row execute function append_only(); --if postgres
create trigger read_log_truncate before truncate on read_log for each statement execute function append_only(); --if postgres
create trigger part_update before update of shard, matter, seq, class, party, ciphertext, commitment, cipher_hash on part for each row execute function part_stays(); --if postgres
create trigger part_delete before delete on part for each row execute function part_stays(); --if postgres
create trigger part_truncate before truncate on part for each statement execute function append_only(); --if postgres
