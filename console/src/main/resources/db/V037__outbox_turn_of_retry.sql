-- The last turn of a tenant among what is tried again: such a mail does not queue up behind the newer ones of its tenant, but beside them.
create index mail_last_retry on mail (coalesce(tenant_uid, ''), priority, turn) where turn is not null and state in ('RETRY_WAIT', 'UNKNOWN');
