create extension if not exists cube;
create extension if not exists earthdistance;
create extension if not exists pg_trgm;

create table site (
  id                   uuid primary key,
  version              bigint not null,
  tenant_id            text not null references organisation,
  code                 text not null,
  name                 text not null,
  kind                 text not null,
  parent_id            uuid references site,
  address              text,
  latitude             double precision not null check (latitude between -90 and 90),
  longitude            double precision not null check (longitude between -180 and 180),
  active               boolean not null,
  needs_permit         boolean not null,
  access_contact       text,
  access_key           text,
  hazards              text,
  protective_equipment text,
  boundary_kind        text check (boundary_kind in ('CIRCLE', 'POLYGON')),
  boundary             jsonb,
  search               text not null generated always as (lower(code || ' ' || name)) stored,
  unique (tenant_id, code),
  check ((boundary_kind is null) = (boundary is null))
);
create index site_parent on site (parent_id) where parent_id is not null;
create index site_search on site using gin (search gin_trgm_ops);
create index site_position on site using gist (ll_to_earth(latitude, longitude));

-- Two changes at once could each be sound and together close a circle; the lock lets one see the other.
create function site_refuse_wrong_parent() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('site hierarchy of ' || new.tenant_id, 0));
  if exists (
    with recursive ancestor as (
      select id, tenant_id, parent_id from site where id = new.parent_id
      union
      select s.id, s.tenant_id, s.parent_id from site s join ancestor a on s.id = a.parent_id)
    select from ancestor where id = new.id or tenant_id <> new.tenant_id)
  then
    raise exception 'site % cannot have the parent %', new.id, new.parent_id
      using errcode = 'check_violation', constraint = 'site_parent';
  end if;
  return null;
end $$;
create trigger site_parent after insert or update of parent_id, tenant_id on site
  for each row when (new.parent_id is not null) execute function site_refuse_wrong_parent();

create table site_import (
  id             uuid primary key,
  tenant_id      text not null references organisation,
  format         text not null check (format in ('CSV', 'GEOJSON')),
  dry_run        boolean not null,
  all_or_nothing boolean not null,
  state          text not null check (state in ('RECEIVING', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED')),
  step           text not null check (step in ('READING', 'CHECKING', 'WRITING', 'LINKING')),
  position       int not null,
  rows_read      int not null,
  rows_created   int not null,
  rows_updated   int not null,
  rows_unchanged int not null,
  rows_refused   int not null,
  problem_count  int not null,
  failure        text,
  requested_by   text not null,
  requested_at   timestamptz not null,
  finished_at    timestamptz,
  claimed_until  timestamptz
);
create index site_import_open on site_import (id) where state in ('RECEIVING', 'QUEUED', 'RUNNING');
create index site_import_tenant on site_import (tenant_id, id);

create table site_import_chunk (
  import_id uuid not null references site_import on delete cascade,
  sequence  int not null,
  content   bytea not null,
  primary key (import_id, sequence)
);
alter table site_import_chunk alter column content set storage external;

create table site_import_row (
  import_id            uuid not null references site_import on delete cascade,
  row_number           int not null,
  site_id              uuid not null,
  code                 text not null,
  name                 text not null,
  kind                 text not null,
  parent               text,
  address              text,
  latitude             double precision not null,
  longitude            double precision not null,
  active               boolean,
  needs_permit         boolean,
  access_contact       text,
  access_key           text,
  hazards              text,
  protective_equipment text,
  boundary_kind        text,
  boundary             jsonb,
  primary key (import_id, row_number),
  unique (import_id, code)
);

create table site_import_problem (
  import_id   uuid not null references site_import on delete cascade,
  sequence    int not null,
  row_number  int not null,
  column_name text,
  reason      text not null,
  primary key (import_id, sequence)
);
