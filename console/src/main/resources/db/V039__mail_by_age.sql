-- Uids sort by age, so the primary key serves whoever wants the newest or the oldest mail; one index less to write for each mail.
drop index mail_newest;
