-- The letter that asks the new address to confirm, so that the page can say where it is and a withdrawn change can stop it. Besides the
-- states named in V010 there is EXPIRED: not confirmed in time, and another change came after it.
alter table address_change add column confirm_mail_uid varchar(32) not null default '';

-- At most one change of an account waits, whoever asks at the same moment.
create unique index address_change_pending on address_change (account_uid) where state = 'PENDING';
