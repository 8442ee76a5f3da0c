-- Keys of the API, for scripts and for the platform's other parts. The key is not here, only its SHA-256.
create table api_key (
  uid varchar(32) primary key,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  name varchar(128) not null,
  -- The first characters of the key, by which people tell keys apart.
  prefix varchar(32) not null,
  key_hash varchar(64) not null unique,
  -- Words of the scopes, separated by blanks.
  scopes varchar(512) not null,
  created_at bigint not null,
  -- Absent: until it is revoked.
  expires_at bigint,
  used_at bigint
);
create index api_key_account on api_key (account_uid);

-- Tokens of the API, given for a password. The token is not here, only its SHA-256.
create table api_token (
  token_hash varchar(64) primary key,
  account_uid varchar(32) not null references account (uid) on delete cascade,
  created_at bigint not null,
  seen_at bigint not null
);
create index api_token_account on api_token (account_uid);
