-- How fast the relay may be given mail, and over how many connections (R-733), as far as it was heard to complain; shared by all processes.
create table outbox_throttle (
  id integer primary key,
  -- The version of the relay that was heard.
  relay_number bigint not null,
  -- Mails a minute, to which the rate was cut then and from which it grows; 0: never.
  cut_to double precision not null,
  cut_at bigint not null,
  -- Mails a minute, as many as it took when it complained.
  ceiling double precision not null,
  rate_reply text not null,
  -- 0: any number.
  connections integer not null,
  connections_at bigint not null,
  connections_reply text not null,
  -- When the next mail may go.
  next_at bigint not null
);
insert into outbox_throttle values (1, 0, 0, 0, 0, '', 0, 0, '', 0);

-- The connections to the relay that are open, one for each lane of each process; held for a minute and renewed while they are used.
create table outbox_connection (
  lane varchar(32) primary key,
  held_until bigint not null
);
