create table field_task (
  id                uuid primary key,
  version           bigint not null,
  tenant_id         text not null,
  business_key      text not null,
  project_id        uuid not null references project,
  site_id           uuid not null references site,
  allocation_id     uuid references allocation,
  team_id           uuid not null references team,
  engineer          text,
  state             text not null
    check (state in ('ORDERED', 'OFFERED', 'CAPTURING', 'SUBMITTED', 'IN_REVIEW', 'ESCALATED', 'AWAITING_CLIENT', 'DONE', 'CANCELLED')),
  round             integer not null check (round > 0),
  requirements      jsonb not null,
  client_acceptance boolean not null,
  visit_from        timestamptz not null,
  visit_until       timestamptz not null check (visit_until > visit_from),
  permit_number     text,
  permit_valid_from date,
  permit_valid_to   date check (permit_valid_to >= permit_valid_from),
  remark            text,
  asked_again       text[] not null,
  opened_at         timestamptz not null,
  check ((permit_number is null) = (permit_valid_from is null) and (permit_number is null) = (permit_valid_to is null)),
  unique (id, tenant_id)
);
create unique index field_task_open on field_task (project_id, site_id) where state not in ('DONE', 'CANCELLED');
create index field_task_site on field_task (site_id);
create index field_task_allocation on field_task (allocation_id) where allocation_id is not null;
create index field_task_team on field_task (team_id, state);
create index field_task_tenant on field_task (tenant_id, state);

create table field_task_event (
  field_task_id uuid not null references field_task,
  sequence      integer not null,
  from_state    text,
  to_state      text not null,
  what          text not null,
  who           text not null,
  at            timestamptz not null,
  why           text,
  primary key (field_task_id, sequence)
);

create table execution (
  id              uuid primary key,
  version         bigint not null,
  tenant_id       text not null,
  field_task_id   uuid not null,
  round           integer not null check (round > 0),
  engineer        text not null,
  device_id       uuid,
  state           text not null check (state in ('OPEN', 'SUBMITTED', 'JUDGED', 'SET_ASIDE')),
  opened_at       timestamptz not null,
  started_at      timestamptz,
  ended_at        timestamptz,
  announced       uuid[],
  note            text,
  gps_outcome     text check (gps_outcome in ('INSIDE', 'UNCERTAIN', 'OUTSIDE')),
  gps_probability double precision check (gps_probability between 0 and 1),
  gps_distance    double precision,
  gps_reasons     text[] not null,
  gps_evidence_id uuid,
  score           integer check (score between 0 and 100),
  verdict         text check (verdict in ('VERIFIED', 'NEEDS_REVIEW', 'REJECTED')),
  reasons         text[] not null,
  judged_at       timestamptz,
  sampled         boolean not null,
  reviewed_by     text,
  reviewed_at     timestamptz,
  review          text check (review in ('APPROVED', 'ASKED_AGAIN')),
  review_note     text,
  foreign key (field_task_id, tenant_id) references field_task (id, tenant_id),
  unique (id, tenant_id)
);
create index execution_field_task on execution (field_task_id, round);

create table evidence (
  id              uuid primary key,
  version         bigint not null,
  tenant_id       text not null,
  execution_id    uuid not null,
  kind            text not null check (kind in ('FIX', 'PHOTO', 'SERIAL', 'ANSWER', 'SIGNATURE')),
  captured_at     timestamptz not null,
  clock_offset_ms bigint not null,
  received_at     timestamptz not null,
  latitude        double precision,
  longitude       double precision,
  accuracy_metres double precision,
  fixed_at        timestamptz,
  mock            boolean,
  file_id         uuid,
  serial_number   text,
  method          text check (method in ('TYPED', 'SCANNED', 'PHOTO')),
  question        text,
  value           text,
  name            text,
  note            text,
  check (kind <> 'FIX' or latitude is not null and longitude is not null and fixed_at is not null and mock is not null),
  check (kind not in ('PHOTO', 'SIGNATURE') or file_id is not null),
  check (kind <> 'SERIAL' or method is not null and coalesce(serial_number, file_id::text) is not null),
  check (kind <> 'ANSWER' or question is not null and value is not null),
  check (kind <> 'SIGNATURE' or name is not null),
  foreign key (execution_id, tenant_id) references execution (id, tenant_id)
);
create index evidence_execution on evidence (execution_id);
create index evidence_file on evidence (tenant_id, file_id) where file_id is not null;

create table serial_finding (
  execution_id  uuid not null references execution,
  position      integer not null,
  finding       text not null check (finding in ('MATCHED', 'MISSING', 'UNEXPECTED')),
  serial_number text not null,
  item_id       uuid references equipment_item,
  label         text not null,
  primary key (execution_id, position)
);
create index serial_finding_item on serial_finding (item_id) where item_id is not null;

call wall('field_task');
call wall('execution');
call wall('evidence');
call wall('field_task_event', 'exists (select from field_task t where t.id = field_task_id)');
call wall('serial_finding', 'exists (select from execution e where e.id = execution_id)');
call audited('field_task');
call audited('field_task_event');
call audited('execution');
call audited('evidence');
call audited('serial_finding');

-- Whoever works on a field task sees its project and its team, as for allocations.
create policy visible_by_field_task on project for select using (
  exists (select from field_task t where t.project_id = project.id));
create policy visible_by_field_task on team for select using (
  exists (select from field_task t where t.team_id = team.id));
create index field_task_project on field_task (project_id);
