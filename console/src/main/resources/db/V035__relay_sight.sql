-- What deliveries saw of the relay, by the number of its version: that it broke the order of its replies, and when its certificate ends. Kept here and not in
-- the process, so that a restart or another process does not find it out again with a broken session.
alter table outbox_control add column unordered bigint not null default 0;
alter table outbox_control add column certified bigint not null default 0;
alter table outbox_control add column certificate_ends_at bigint not null default 0;
