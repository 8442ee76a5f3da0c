-- Tenants, and the invitation of each one's first administrator.
create table tenant (
  uid varchar(32) primary key,
  name varchar(128) not null,
  -- The name folded, so that names that look alike are one.
  name_key varchar(512) not null unique,
  created_at bigint not null,
  created_by varchar(320) not null,
  -- When it was marked for deletion; absent while it is in use.
  marked_at bigint
);
create index tenant_newest on tenant (created_at);

create table invitation (
  tenant_uid varchar(32) primary key references tenant (uid) on delete cascade,
  account_uid varchar(32) not null,
  email varchar(320) not null,
  -- One invited administrator per address, over all tenants: the address alone says who signs in.
  email_key varchar(320) not null unique,
  mail_uid varchar(32) not null,
  sent_at bigint not null,
  expires_at bigint not null,
  -- When the operator looked at the link: from then on using it proves no address (R-549).
  shown_at bigint,
  -- When the button of its page was pressed, not when it was merely fetched.
  opened_at bigint,
  activated_at bigint
);
