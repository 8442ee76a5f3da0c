-- Accounts of the system console (realm 'system') and of tenants (realm = the tenant's uid).
create table account (
  uid varchar(32) primary key,
  realm varchar(32) not null,
  role varchar(16) not null,
  email varchar(320) not null,
  -- The address in lower case: one account per address and realm, however it is typed.
  email_key varchar(320) not null,
  first_name varchar(128) not null,
  last_name varchar(128) not null,
  -- PENDING: no password yet; ACTIVE; SUSPENDED: its tenant is marked for deletion.
  state varchar(16) not null,
  password_hash varchar(256),
  password_at bigint,
  email_verified_at bigint,
  email_changed_at bigint,
  signed_in_at bigint,
  created_at bigint not null,
  created_by varchar(320) not null,
  unique (realm, email_key)
);

-- Signed-in browsers (R-561). The cookie's value is not here, only its SHA-256.
create table account_session (
  id_hash varchar(64) primary key,
  uid varchar(32) not null unique,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  created_at bigint not null,
  seen_at bigint not null,
  factor_at bigint not null,
  address varchar(64) not null,
  agent varchar(256) not null
);
create index account_session_account on account_session (account_uid);

-- One-time links (R-540..R-543). The token is not here, only a SHA-256 over it and everything it is bound to; the sealed copy lets an
-- operator see the link again and is erased when the link ends.
create table account_link (
  uid varchar(32) primary key,
  purpose varchar(24) not null,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  address varchar(320) not null,
  -- What else the link is about, such as the address change that it confirms; empty for nothing.
  subject varchar(64) not null,
  token_hash varchar(64) not null,
  sealed ${bytes},
  issued_at bigint not null,
  expires_at bigint not null,
  ended_at bigint,
  -- USED or REVOKED
  ending varchar(16)
);
create index account_link_account on account_link (account_uid, purpose);

-- Changes of an account's address that wait for the new address, or are done (R-548).
create table address_change (
  uid varchar(32) primary key,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  old_address varchar(320) not null,
  new_address varchar(320) not null,
  -- PENDING, CONFIRMED, CANCELLED (before it was confirmed), REVERTED (after), SUPERSEDED by a later change
  state varchar(16) not null,
  requested_at bigint not null,
  ended_at bigint
);
create index address_change_account on address_change (account_uid, state);

-- Failed tries, by a hash of the account they were aimed at and the network they came from (R-545, R-563).
create table account_try (
  subject varchar(128) primary key,
  tries integer not null,
  since bigint not null,
  last_at bigint not null
);
