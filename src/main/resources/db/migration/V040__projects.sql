create table client (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  code      text not null,
  name      text not null,
  email     text,
  language  text not null,
  unique (tenant_id, code)
);

create table project (
  id             uuid primary key,
  version        bigint not null,
  tenant_id      text not null references organisation,
  code           text not null,
  name           text not null,
  client_id      uuid not null references client,
  manager_id     uuid not null references person,
  design_phase   text not null check (design_phase in ('SURVEY', 'DESIGN', 'APPROVED', 'EXECUTION')),
  work_type      text not null check (work_type in ('DISMANTLE')),
  required_skill text,
  starts_on      date not null,
  ends_on        date,
  unique (tenant_id, code)
);
create index project_client on project (client_id);

create table allocation (
  id            uuid primary key,
  version       bigint not null,
  tenant_id     text not null,
  project_id    uuid not null references project,
  site_id       uuid not null,
  business_key  text not null,
  state         text not null check (state in ('ALLOCATED', 'ASSIGNED', 'WIP', 'DONE')),
  team_id       uuid references team,
  held_since    timestamptz,
  cancelled_at  timestamptz,
  allocated_at  timestamptz not null,
  done_at       timestamptz
);
create unique index allocation_open on allocation (project_id, site_id) where cancelled_at is null;
create index allocation_tenant on allocation (tenant_id, state);
create index allocation_team on allocation (team_id) where cancelled_at is null and state in ('ASSIGNED', 'WIP');

create table allocation_event (
  allocation_id uuid not null references allocation,
  sequence      int not null,
  from_state    text,
  to_state      text not null,
  what          text not null,
  who           text not null,
  at            timestamptz not null,
  why           text,
  primary key (allocation_id, sequence)
);
