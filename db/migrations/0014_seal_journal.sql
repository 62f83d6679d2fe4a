-- The journal takes entries without waiting for its chain: the head of a chain is one row, and holding it until each
-- commit made every transaction wait for the one before. Entries are sealed soon after, in the order they came in.
drop trigger journal_append_only on journal;
--> statement-breakpoint
create trigger journal_append_only before delete or truncate on journal for each statement execute function append_only();
--> statement-breakpoint
create function journal_sealed_once() returns trigger language plpgsql as $$
begin
  if old.seq is not null or new.seq is null or new.id <> old.id or new.org_id <> old.org_id or new.at <> old.at
     or new.actor <> old.actor or new.action <> old.action or new.subject <> old.subject or new.entry <> old.entry then
    raise exception 'journal is append-only' using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger journal_sealed_once before update on journal for each row execute function journal_sealed_once();
--> statement-breakpoint
create function journal_born() returns trigger language plpgsql as $$
begin
  if new.seq is not null then
    raise exception 'a journal entry gets its place when it is sealed' using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger journal_born before insert on journal for each row execute function journal_born();
--> statement-breakpoint
-- Extends the chain by up to `most` committed entries: hash = sha256(hash before || entry). Answers how many; none
-- while somebody else is sealing.
create function seal_journal(org text, most int) returns int language plpgsql as $$
declare
  head journal_heads;
  waiting record;
  link text;
  sealed int := 0;
begin
  select * into head from journal_heads where org_id = org for update skip locked;
  if not found then return 0; end if;
  for waiting in select id, entry from journal where org_id = org and seq is null order by id limit most loop
    link := encode(sha256(convert_to(head.hash || waiting.entry, 'UTF8')), 'hex');
    update journal set seq = head.seq + 1, prev = head.hash, hash = link where id = waiting.id;
    head.seq := head.seq + 1;
    head.prev := head.hash;
    head.hash := link;
    sealed := sealed + 1;
  end loop;
  if sealed > 0 then
    update journal_heads set seq = head.seq, prev = head.prev, hash = head.hash where org_id = org;
  end if;
  return sealed;
end $$;
