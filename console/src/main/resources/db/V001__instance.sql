-- One row per value that belongs to the instance as a whole: display name, base URL, marks such as the key's fingerprint.
create table instance_value (
  name varchar(64) primary key,
  value text not null,
  changed_at bigint not null,
  changed_by varchar(64) not null
);
