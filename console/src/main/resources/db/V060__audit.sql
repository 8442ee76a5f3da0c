-- The audit log: append-only, each row chained to the one before by SHA-256 (R-570).
create table audit_entry (
  sequence bigint primary key,
  uid varchar(32) not null unique,
  at bigint not null,
  actor_uid varchar(64) not null,
  actor_email varchar(320) not null,
  actor_address varchar(64) not null,
  action varchar(16) not null,
  object_kind varchar(64) not null,
  object_uid varchar(64) not null,
  object_name text not null,
  sentence text not null,
  previous_hash varchar(64) not null,
  hash varchar(64) not null
);
create index audit_entry_at on audit_entry (at);

-- One row: where the chain ends. Whoever appends updates it first, which makes writers queue on PostgreSQL too, and a cut-off tail
-- shows as a head without its entry.
create table audit_head (
  id integer primary key,
  sequence bigint not null,
  hash varchar(64) not null
);
insert into audit_head (id, sequence, hash) values (1, 0, '');
