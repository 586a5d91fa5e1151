alter table organisation add column state text check (state in ('PENDING', 'ACTIVE', 'SUSPENDED', 'CLOSED')),
  add column state_reason text,
  add column state_since timestamptz;
update organisation set state = case when active then 'ACTIVE' else 'SUSPENDED' end, state_since = now();
alter table organisation alter column state set not null, alter column state_since set not null, drop column active;
alter table organisation add column active boolean not null generated always as (state = 'ACTIVE') stored;
