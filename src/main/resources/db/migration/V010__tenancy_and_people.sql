create table organisation (
  code        text primary key,
  version     bigint not null,
  kind        text not null check (kind in ('CORPORATE', 'CIRCLE', 'VENDOR')),
  name        text not null,
  parent_code text references organisation,
  active      boolean not null
);
create index organisation_parent on organisation (parent_code);

create table engagement (
  id          uuid primary key,
  version     bigint not null,
  tenant_id   text not null,
  circle_code text not null references organisation,
  vendor_code text not null references organisation,
  valid_from  date not null,
  valid_to    date
);
create index engagement_circle on engagement (circle_code, vendor_code);
create index engagement_vendor on engagement (vendor_code);

create table person (
  id            uuid primary key,
  version       bigint not null,
  tenant_id     text not null references organisation,
  username      text not null unique,
  name          text not null,
  email         text,
  phone         text,
  language      text not null,
  password_hash text not null,
  active        boolean not null
);
create index person_tenant on person (tenant_id);

create table designation (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  code      text not null,
  name      text not null,
  parent_id uuid references designation,
  unique (tenant_id, code)
);

create table designation_candidate_group (
  designation_id  uuid not null references designation on delete cascade,
  candidate_group text not null,
  primary key (designation_id, candidate_group)
);

create table designation_permission (
  designation_id uuid not null references designation on delete cascade,
  permission     text not null,
  primary key (designation_id, permission)
);

create table person_designation (
  person_id      uuid not null references person on delete cascade,
  designation_id uuid not null references designation,
  primary key (person_id, designation_id)
);
create index person_designation_designation on person_designation (designation_id);

create table team (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  code      text not null,
  name      text not null,
  lead_id   uuid not null references person,
  latitude  double precision,
  longitude double precision,
  active    boolean not null,
  unique (tenant_id, code)
);

create table team_member (
  team_id   uuid not null references team on delete cascade,
  person_id uuid not null references person,
  primary key (team_id, person_id)
);
create index team_member_person on team_member (person_id);

create table team_skill (
  team_id uuid not null references team on delete cascade,
  skill   text not null,
  primary key (team_id, skill)
);
