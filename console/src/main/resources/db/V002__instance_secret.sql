-- Secrets of the instance as a whole, sealed under the instance key: what form tokens and passkey questions are signed with, and the like.
create table instance_secret (
  name varchar(64) primary key,
  sealed ${bytes} not null,
  changed_at bigint not null
);
