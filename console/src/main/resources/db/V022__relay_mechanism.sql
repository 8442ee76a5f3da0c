-- The one mechanism that signs in (R-230); empty: the strongest that the server offers.
alter table relay_version add column auth_mechanism varchar(32) not null default '';
