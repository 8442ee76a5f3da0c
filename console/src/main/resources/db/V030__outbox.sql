-- Mails on their way (R-710). What a letter says is sealed; the rendered octets are frozen, sealed too, when a mail is first COMMITTING.
create table mail (
  uid varchar(32) primary key,
  kind varchar(32) not null,
  to_address varchar(320) not null,
  subject text not null,
  sealed_values ${bytes},
  content ${bytes},
  message_id varchar(320) not null,
  state varchar(16) not null,
  priority integer not null,
  tenant_uid varchar(32),
  idempotency_key varchar(256),
  digest varchar(64) not null,
  created_at bigint not null,
  due_at bigint not null,
  expires_at bigint not null,
  attempts integer not null,
  unknown_attempts integer not null,
  maybe_duplicate integer not null,
  lease_token varchar(32),
  lease_until bigint,
  accepted_reply text,
  reason text,
  ended_at bigint,
  unique (kind, idempotency_key)
);

-- Picking stays flat: only mails that may be picked stand in this index, in the order in which they are picked.
create index mail_due on mail (priority, due_at) where state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN');
create index mail_leased on mail (lease_until) where state in ('LEASED', 'COMMITTING');
create index mail_expiring on mail (expires_at) where state in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN', 'PARKED');
create index mail_parked on mail (created_at) where state = 'PARKED';
create index mail_newest on mail (created_at);
create index mail_tenant on mail (tenant_uid) where tenant_uid is not null;

-- One row per try, with its ladder.
create table mail_attempt (
  mail_uid varchar(32) not null references mail (uid) on delete cascade,
  number integer not null,
  started_at bigint not null,
  ended_at bigint not null,
  relay_number bigint not null,
  outcome varchar(16) not null,
  stages text not null,
  reply text not null,
  cause varchar(64) not null,
  summary text not null,
  remedy text not null,
  primary key (mail_uid, number)
);

-- The circuit of the relay and the pause switch, shared by all processes on this database.
create table outbox_control (
  id integer primary key,
  paused integer not null,
  open_until bigint not null,
  failures integer not null,
  interval_ms bigint not null,
  cause varchar(64) not null,
  summary text not null,
  since bigint not null,
  last_accepted_at bigint not null
);
insert into outbox_control values (1, 0, 0, 0, 0, '', '', 0, 0);
