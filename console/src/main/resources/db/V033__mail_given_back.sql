-- The state that a leased mail waited in: one that was not tried goes back into it.
alter table mail add column waited_as varchar(16);
