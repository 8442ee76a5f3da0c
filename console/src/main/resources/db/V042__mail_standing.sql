-- The state as the indexes see it: COMMITTING counts as LEASED. So that change, which every mail makes, touches no index (on PostgreSQL a heap-only tuple).
-- Derived, so that a process of the version before, should one still run, keeps it true.
alter table mail add column standing varchar(16) generated always as (coalesce(nullif(state, 'COMMITTING'), 'LEASED')) ${kept};

drop index mail_turn;
drop index mail_due;
drop index mail_last_retry;
drop index mail_leased;
drop index mail_expiring;
drop index mail_parked;
create index mail_turn on mail (priority, turn, created_at) where turn is not null and standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN');
create index mail_due on mail (priority, due_at) where turn is null and standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN');
create index mail_last_retry on mail (coalesce(tenant_uid, ''), priority, turn) where turn is not null and standing in ('RETRY_WAIT', 'UNKNOWN');
create index mail_leased on mail (lease_until) where standing = 'LEASED';
create index mail_expiring on mail (expires_at) where standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN', 'PARKED');
create index mail_parked on mail (due_at) where standing = 'PARKED';

-- How PostgreSQL lays it out. A page keeps room for the next version of its rows, or there would be none without a new entry in every index.
${onPostgresql}alter table mail set (fillfactor = 60);
-- What is sealed cannot be compressed; up to a page it stays in its row.
${onPostgresql}alter table mail_letter alter column sealed_values set storage external;
${onPostgresql}alter table mail_letter set (toast_tuple_target = 8160);
${onPostgresql}alter table mail_octets alter column content set storage external;
${onPostgresql}alter table mail_octets set (toast_tuple_target = 8160);
-- Each of these rows is written by the statement that changes its mail, and removed by the transaction that removes it. To look once more whether the mail is
-- there, and to lock it for that, took PostgreSQL a fifth of the time of the statement (ADR 16).
${onPostgresql}alter table mail_letter drop constraint mail_letter_mail_uid_fkey;
${onPostgresql}alter table mail_octets drop constraint mail_octets_mail_uid_fkey;
${onPostgresql}alter table mail_attempt drop constraint mail_attempt_mail_uid_fkey;
