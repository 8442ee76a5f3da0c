-- Relay configurations: one immutable row per saved version. The newest is in force. The password is sealed, bound to its destination (R-521).
create table relay_version (
  number bigint primary key,
  host varchar(253) not null,
  port integer not null,
  security varchar(16) not null,
  username text not null,
  password ${bytes},
  password_set_at bigint,
  password_set_by varchar(320),
  from_address varchar(320) not null,
  from_name text not null,
  reply_to varchar(320) not null,
  ehlo_name varchar(253) not null,
  trusted_certificates text not null,
  skip_verify integer not null,
  acknowledged text not null,
  validated integer not null,
  saved_at bigint not null,
  saved_by varchar(320) not null
);
