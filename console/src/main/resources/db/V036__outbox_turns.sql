-- Who goes first among mails of one priority (R-734). A mail that may be picked has a turn, and the lowest goes first. It is given when the mail is queued
-- or its next try is due: one after the last of its tenant, but not before the turn that was reached. So tenants take turns however many mails each has,
-- and whoever picks reads the head of one index.
alter table mail add column turn bigint;

-- The turn that was reached, of each priority.
create table outbox_turn (
  priority integer primary key,
  turn bigint not null
);
insert into outbox_turn values (0, 0), (1, 0), (2, 0);

-- What is on its way keeps its order within its tenant. A mail that waits for its time gets its turn then.
update mail set turn = line.turn from (
    select uid as mail_uid, row_number() over (partition by priority, coalesce(tenant_uid, '') order by due_at, uid) as turn
    from mail where state in ('QUEUED', 'LEASED', 'COMMITTING', 'PARKED')
  ) as line where line.mail_uid = mail.uid;

-- What may be picked, in the order in which it is picked.
create index mail_turn on mail (priority, turn, created_at) where turn is not null and state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN');
-- The last turn of a tenant.
create index mail_last_turn on mail (coalesce(tenant_uid, ''), priority, turn) where turn is not null;
-- What waits for its time.
drop index mail_due;
create index mail_due on mail (priority, due_at) where turn is null and state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN');
