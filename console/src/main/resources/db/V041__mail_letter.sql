-- What a letter is made of, and its octets once they are frozen, apart from the mail. A mail's row is written anew at every change of its state, on SQLite with all
-- that it holds; these are written once.
create table mail_letter (
  mail_uid varchar(32) primary key references mail (uid) on delete cascade,
  sealed_values ${bytes} not null
);
create table mail_octets (
  mail_uid varchar(32) primary key references mail (uid) on delete cascade,
  content ${bytes} not null
);
insert into mail_letter select uid, sealed_values from mail where sealed_values is not null order by uid;
insert into mail_octets select uid, content from mail where content is not null order by uid;

-- Whether both were erased after the end (R-572).
alter table mail add column erased integer not null default 0;
update mail set erased = 1 where sealed_values is null and content is null;

-- Finds what is to be erased, and what may go altogether.
drop index mail_held;
drop index mail_ended;
alter table mail drop column sealed_values;
alter table mail drop column content;
create index mail_ended on mail (erased, ended_at) where ended_at is not null;
