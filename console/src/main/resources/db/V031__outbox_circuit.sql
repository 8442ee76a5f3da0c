-- Mails in a row that the relay refused at the recipient or the content in a way that blames its settings. One alone proves nothing;
-- several open the circuit.
alter table outbox_control add column suspects integer not null default 0;

-- One mail tries whether the relay works again.
alter table outbox_control add column probing integer not null default 0;

-- It is the parked mail that was tried the longest ago.
drop index mail_parked;
create index mail_parked on mail (due_at) where state = 'PARKED';
