-- What a mail said is erased some days after its end (R-572); this finds those that still hold it, and those that may go altogether.
create index mail_held on mail (ended_at) where ended_at is not null and (sealed_values is not null or content is not null);
create index mail_ended on mail (ended_at) where ended_at is not null;
