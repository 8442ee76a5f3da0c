-- Passkeys of accounts (R-565): public keys, nothing secret. The credential is attested credential data (WebAuthn Level 3, section 6.5.1).
create table passkey (
  uid varchar(32) primary key,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  name varchar(64) not null,
  -- Base64url; an identifier has at most 1,023 octets.
  credential_id varchar(1400) not null unique,
  credential ${bytes} not null,
  -- The host name that it belongs to: under another one browsers do not offer it.
  host varchar(255) not null,
  sign_count bigint not null,
  -- 1 or 0: may be, and is, copied to other devices by its maker's cloud.
  backup_eligible integer not null,
  backed_up integer not null,
  created_at bigint not null,
  used_at bigint
);
create index passkey_account on passkey (account_uid);

-- Challenges that were answered, until they would have expired anyway: each counts once. A challenge that nobody answered has no row.
create table passkey_challenge (
  challenge_hash varchar(64) primary key,
  expires_at bigint not null
);

-- Single-use codes for whoever lost every passkey, hashed as passwords are.
create table recovery_code (
  account_uid varchar(32) not null references account (uid) on delete cascade,
  number integer not null,
  code_hash varchar(256) not null,
  made_at bigint not null,
  used_at bigint,
  primary key (account_uid, number)
);
