-- Signed checkpoints of the audit log, at most one an hour (R-570): the newest entry of a moment with its hash, signed by Ed25519.
create table audit_checkpoint (
  sequence bigint primary key,
  hash varchar(64) not null,
  at bigint not null,
  -- The sequence of the checkpoint before, 0 for the first: one that was removed leaves a gap.
  previous bigint not null,
  -- Which key signed: the first 16 hexadecimal digits of the SHA-256 of the public key.
  key_id varchar(16) not null,
  -- In hexadecimal, over all of these but key_id.
  signature varchar(128) not null
);
