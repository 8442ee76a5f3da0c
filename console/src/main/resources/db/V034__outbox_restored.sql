-- When sending was paused because the database came from a backup (R-527); 0: it was not.
alter table outbox_control add column restored_at bigint not null default 0;
