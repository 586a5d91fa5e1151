-- Offline work (ADR 0019).

-- As before, and what the database notes of its own transactions is omitted too.
create or replace function audit_arguments(audited regclass) returns text[] language plpgsql stable as $$
declare
  key_columns text[];
  hidden text[];
  omitted text[];
  tenant_column text := '';
  parent text := '';
  parent_column text := '';
begin
  select array_agg(a.attname order by k.position) into key_columns
    from pg_index i cross join unnest(i.indkey) with ordinality k(attnum, position)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = audited and i.indisprimary;
  if key_columns is null or cardinality(key_columns) > 3 then
    raise exception '% needs a primary key of at most three columns to be audited', audited;
  end if;
  select coalesce(array_agg(attname order by attnum) filter (
      where attname ~ '_hash$|^secret' or atttypid = 'bytea'::regtype), '{}'),
    coalesce(array_agg(attname order by attnum) filter (
      where attgenerated <> '' or (attname = 'version' and atttypid = 'bigint'::regtype) or atttypid = 'xid8'::regtype), '{}')
    into hidden, omitted
    from pg_attribute where attrelid = audited and attnum > 0 and not attisdropped;
  if key_columns && hidden and cardinality(key_columns) > 1 then
    raise exception '% cannot be audited with a secret in a key of several columns', audited;
  end if;
  if exists (select from pg_attribute where attrelid = audited and attname = 'tenant_id' and not attisdropped) then
    tenant_column := 'tenant_id';
  elsif audited = 'organisation'::regclass then
    tenant_column := 'code';
  else
    select a.attname, f.confrelid::regclass::text, r.attname into tenant_column, parent, parent_column
      from pg_constraint f
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
        join pg_attribute r on r.attrelid = f.confrelid and r.attnum = f.confkey[1]
      where f.conrelid = audited and f.contype = 'f' and cardinality(f.conkey) = 1
      order by f.conkey[1] limit 1;
    if not found then
      tenant_column := '';
      parent := '';
      parent_column := '';
    elsif parent = 'organisation' then
      parent := '';
      parent_column := '';
    elsif not exists (
        select from pg_attribute where attrelid = parent::regclass and attname = 'tenant_id' and not attisdropped) then
      raise exception 'the tenant of % is not in %: a part needs a tenant_id or a foreign key to what has one', audited, parent;
    end if;
  end if;
  return array[key_columns::text, hidden::text, omitted::text, tenant_column, parent, parent_column];
end $$;

-- In which transaction a row changed last. Devices ask for what changed since; see SyncTasks.
create function note_change() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;

alter table field_task add column changed_in xid8 not null default pg_current_xact_id();
create trigger note_change before insert or update on field_task for each row execute function note_change();
call audited('field_task');
create index field_task_changed_in on field_task (team_id, changed_in, id);
create index field_task_engineer on field_task (engineer, changed_in, id) where engineer is not null;

create table device (
  id             uuid primary key,
  version        bigint not null,
  tenant_id      text not null references organisation,
  person         text not null references person (username),
  name           text not null,
  platform       text not null,
  registered_at  timestamptz not null,
  blocked_at     timestamptz,
  blocked_by     text,
  blocked_reason text,
  check ((blocked_at is null) = (blocked_by is null) and (blocked_at is null) = (blocked_reason is null))
);
create index device_person on device (person);
create index device_tenant on device (tenant_id);
call wall('device');
call audited('device');

create table evidence_conflict (
  id            uuid primary key,
  version       bigint not null,
  tenant_id     text not null,
  field_task_id uuid, -- null for what names no field task that its sender knows
  person        text not null, -- who sent the first of it
  state         text not null check (state in ('OPEN', 'ADOPTED', 'SET_ASIDE')),
  opened_at     timestamptz not null,
  resolved_by   text,
  resolved_at   timestamptz,
  reason        text,
  changed_in    xid8 not null,
  foreign key (field_task_id, tenant_id) references field_task (id, tenant_id),
  check (state = 'OPEN' or resolved_by is not null and resolved_at is not null and reason is not null)
);
create unique index evidence_conflict_of_task on evidence_conflict (field_task_id) where state = 'OPEN';
create unique index evidence_conflict_of_person on evidence_conflict (tenant_id, person) where state = 'OPEN' and field_task_id is null;
create trigger note_change before insert or update on evidence_conflict for each row execute function note_change();
call wall('evidence_conflict');
call audited('evidence_conflict');

-- What devices sent, as it came.
create table sync_operation (
  id              uuid primary key, -- ours, in the order of arrival
  tenant_id       text not null,
  operation_id    uuid not null, -- the device's
  device_id       uuid not null references device,
  person          text not null,
  field_task_id   uuid, -- as sent: perhaps there is none
  execution_id    uuid,
  kind            text,
  at              timestamptz, -- by the device's clock
  received_at     timestamptz not null,
  clock_offset_ms bigint not null,
  content         text not null, -- the whole operation; text, because not all JSON that may arrive can be jsonb
  content_hash    bytea not null,
  outcome         text not null check (outcome in ('APPLIED', 'STALE', 'CONFLICT')),
  reason          text check ((reason is null) = (outcome <> 'CONFLICT')),
  message         text not null,
  next            text not null,
  missing         uuid[] not null,
  conflict_id     uuid references evidence_conflict check ((conflict_id is null) = (outcome <> 'CONFLICT')),
  unique (person, operation_id, content_hash)
);
create index sync_operation_conflict on sync_operation (conflict_id) where conflict_id is not null;
create index sync_operation_tenant on sync_operation (tenant_id);
create index sync_operation_device on sync_operation (device_id);
-- Whoever sent it knows of it, also when the work was given to others.
call wall('sync_operation', $$tenant_id = any ((select tenants_in_sight())::text[]) or person = current_setting('fieldwright.actor', true)$$);
call audited('sync_operation');

create function keep_operation() returns trigger language plpgsql as $$
begin
  raise exception 'what a device sent is never changed or deleted' using errcode = 'restrict_violation';
end $$;
create trigger keep_operation before update or delete on sync_operation for each row execute function keep_operation();
