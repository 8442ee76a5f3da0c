-- Test messages that carry a link by which whoever reads them says that they arrived. Of the link's token a hash is kept (R-540).
create table relay_arrival (
  -- The check that sent the message.
  uid varchar(32) primary key,
  actor_uid varchar(64) not null,
  token_hash varchar(64) not null,
  recipient varchar(320) not null,
  -- 1 once the relay accepted the message; 0 while that is not known.
  accepted integer not null,
  sent_at bigint not null,
  expires_at bigint not null,
  arrived_at bigint
);
create index relay_arrival_of on relay_arrival (actor_uid, sent_at);
