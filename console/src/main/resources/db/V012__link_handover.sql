-- How the activation or reset link of a system account was handed over: by a letter, or shown to an operator.
create table link_handover (
  link_uid varchar(32) primary key references account_link (uid) on delete cascade,
  -- The letter that carries it; absent when none was sent.
  mail_uid varchar(32),
  -- When an operator last looked at it; absent when nobody did.
  shown_at bigint
);
