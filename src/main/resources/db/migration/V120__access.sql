alter table person add column reports_to_id uuid references person;
create index person_reports_to on person (reports_to_id) where reports_to_id is not null;

-- Which of the packaged designations this one was made from; its defaults are what the diagnostic compares with.
alter table designation add column template text;
create index designation_parent on designation (parent_id) where parent_id is not null;
update designation set template = code where code in (
  'tenant-admin', 'platform-admin', 'process-owner', 'project-manager', 'coordinator', 'supervisor', 'team-lead', 'field-engineer',
  'client', 'asset-owner', 'transport-coordinator', 'driver', 'warehouse-manager', 'storekeeper', 'facility-manager',
  'maintenance-supervisor', 'maintenance-staff', 'requester', 'accountant', 'finance-approver', 'compliance');

-- Two changes at once could each be sound and together close a circle; the lock lets one see the other.
create function refuse_reporting_cycle() returns trigger language plpgsql as $$
declare
  wrong boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended(tg_table_name || ' hierarchy of ' || new.tenant_id, 0));
  execute format(
    'with recursive superior(id, tenant_id, superior_id) as (
       select id, tenant_id, %1$I from %2$I where id = ($1).%1$I
       union
       select t.id, t.tenant_id, t.%1$I from %2$I t join superior s on t.id = s.superior_id)
     select exists (select from superior where id = ($1).id or tenant_id <> ($1).tenant_id)', tg_argv[0], tg_table_name)
    into wrong using new;
  if wrong then
    raise exception '% % cannot report to its own subordinate or to another organisation', tg_table_name, new.id
      using errcode = 'check_violation', constraint = tg_table_name || '_reporting_line';
  end if;
  return null;
end $$;
create trigger designation_reporting_line after insert or update of parent_id, tenant_id on designation
  for each row when (new.parent_id is not null) execute function refuse_reporting_cycle('parent_id');
create trigger person_reporting_line after insert or update of reports_to_id, tenant_id on person
  for each row when (new.reports_to_id is not null) execute function refuse_reporting_cycle('reports_to_id');

create table permission_group (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  code      text not null,
  name      text not null,
  unique (tenant_id, code)
);

create table permission_group_permission (
  permission_group_id uuid not null references permission_group on delete cascade,
  permission          text not null,
  primary key (permission_group_id, permission)
);

create table permission_group_member (
  permission_group_id uuid not null references permission_group on delete cascade,
  person_id           uuid not null references person on delete cascade,
  primary key (permission_group_id, person_id)
);
create index permission_group_member_person on permission_group_member (person_id);

create table permission_override (
  id         uuid primary key,
  version    bigint not null,
  tenant_id  text not null references organisation,
  person_id  uuid not null references person on delete cascade,
  permission text not null,
  effect     text not null check (effect in ('GRANT', 'DENY')),
  expires_at timestamptz,
  reason     text not null,
  made_by    text not null,
  made_at    timestamptz not null
);
create index permission_override_person on permission_override (person_id);

-- Whoever has rows here is limited to these sites; a site cannot vanish while it is somebody's limit, for that would lift it.
create table person_site (
  person_id uuid not null references person on delete cascade,
  site_id   uuid not null references site,
  primary key (person_id, site_id)
);
create index person_site_site on person_site (site_id);

-- The sites that somebody is limited to, as the application's filter names them; null for '*', which means no limit.
create function site_ids(list text) returns uuid[] language sql immutable parallel safe as $$
  select string_to_array(nullif(list, '*'), ',')::uuid[]
$$;

-- What a person may do at a moment: designations and groups, what was granted in addition, less what was denied.
create function effective_permissions(person uuid, moment timestamptz) returns setof text language sql stable as $$
  (select permission from person_designation join designation_permission using (designation_id) where person_id = person
   union
   select permission from permission_group_member join permission_group_permission using (permission_group_id)
     where person_id = person
   union
   select permission from permission_override
     where person_id = person and effect = 'GRANT' and (expires_at is null or expires_at > moment))
  except
  select permission from permission_override
    where person_id = person and effect = 'DENY' and (expires_at is null or expires_at > moment)
$$;

-- Tells the nodes whether what they remember of a tenant's people still holds; '*' stands for what concerns all tenants. A version
-- is never used twice, not even after a rollback.
create table access_version (
  tenant_id text primary key,
  version   uuid not null
);

create function note_access_change() returns trigger language plpgsql as $$
declare
  changed text;
begin
  if tg_op = 'UPDATE' then
    changed := format(
      '(select %1$s from old_rows except select %1$s from new_rows) union (select %1$s from new_rows except select %1$s from old_rows)',
      tg_argv[0]);
  else
    changed := format('select %s from %s', tg_argv[0], case tg_op when 'INSERT' then 'new_rows' else 'old_rows' end);
  end if;
  execute format(
    'insert into access_version
     select tenant, gen_random_uuid() from (with changed as (%s) %s) as affected(tenant)
     where tenant is not null group by tenant order by tenant
     on conflict (tenant_id) do update set version = excluded.version', changed, tg_argv[1]);
  return null;
end $$;

-- Has changes of a table that people's access follows from noted: of which columns, and for which tenants given the "changed" rows.
create procedure watch_access(watched regclass, columns text, tenants text) language plpgsql as $$
begin
  execute format('create trigger access_on_insert after insert on %s referencing new table as new_rows
    for each statement execute function note_access_change(%L, %L)', watched, columns, tenants);
  execute format('create trigger access_on_delete after delete on %s referencing old table as old_rows
    for each statement execute function note_access_change(%L, %L)', watched, columns, tenants);
  execute format('create trigger access_on_update after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function note_access_change(%L, %L)', watched, columns, tenants);
end $$;

call watch_access('organisation', '*', $$select '*' from changed$$);
call watch_access('engagement', '*', $$select '*' from changed$$);
call watch_access('person', 'id, tenant_id, username, name, password_hash, active', 'select tenant_id from changed');
call watch_access('person_designation', '*',
  'select p.tenant_id from changed c join person p on p.id = c.person_id');
call watch_access('designation', 'id, tenant_id', 'select tenant_id from changed');
call watch_access('designation_candidate_group', '*',
  'select d.tenant_id from changed c join designation d on d.id = c.designation_id');
call watch_access('designation_permission', '*',
  'select d.tenant_id from changed c join designation d on d.id = c.designation_id');
call watch_access('team', 'id, tenant_id', 'select tenant_id from changed');
call watch_access('team_member', '*',
  'select p.tenant_id from changed c join person p on p.id = c.person_id');
call watch_access('permission_group', 'id, tenant_id', 'select tenant_id from changed');
call watch_access('permission_group_permission', '*',
  'select g.tenant_id from changed c join permission_group g on g.id = c.permission_group_id');
call watch_access('permission_group_member', '*',
  'select p.tenant_id from changed c join person p on p.id = c.person_id');
call watch_access('permission_override', '*', 'select tenant_id from changed');
call watch_access('person_site', '*',
  'select p.tenant_id from changed c join person p on p.id = c.person_id');

-- The maintenance staff of existing organisations (requirements, section 4).
insert into designation (id, version, tenant_id, code, name, template, parent_id)
select gen_random_uuid(), 0, o.code, t.code, t.name, t.code,
  (select d.id from designation d where d.tenant_id = o.code and d.code = t.reports_to)
from organisation o cross join (values
  ('electrician', 'Electrician', 'maintenance-supervisor'),
  ('plumber', 'Plumber', 'maintenance-supervisor'),
  ('security-head', 'Security head', 'facility-manager'),
  ('cleaner', 'Cleaner', 'maintenance-supervisor'),
  ('gardener', 'Gardener', 'maintenance-supervisor')) as t(code, name, reports_to)
where o.kind in ('CIRCLE', 'VENDOR')
on conflict (tenant_id, code) do nothing;

insert into designation_candidate_group
select id, 'maintenance-staff' from designation
where template in ('electrician', 'plumber', 'security-head', 'cleaner', 'gardener');

insert into designation_permission
select d.id, t.permission
from designation d join (values
  ('facility-manager', 'maintenance.access-all'),
  ('facility-manager', 'maintenance.assign'),
  ('facility-manager', 'maintenance.close'),
  ('facility-manager', 'maintenance.handle'),
  ('facility-manager', 'announcements.write'),
  ('accountant', 'finances.read'),
  ('accountant', 'announcements.write'),
  ('maintenance-supervisor', 'maintenance.access-all'),
  ('maintenance-supervisor', 'maintenance.assign'),
  ('maintenance-supervisor', 'maintenance.close'),
  ('maintenance-supervisor', 'maintenance.handle'),
  ('electrician', 'sites.read'),
  ('electrician', 'equipment.read'),
  ('electrician', 'maintenance.close'),
  ('electrician', 'maintenance.handle'),
  ('plumber', 'sites.read'),
  ('plumber', 'equipment.read'),
  ('plumber', 'maintenance.close'),
  ('plumber', 'maintenance.handle'),
  ('security-head', 'sites.read'),
  ('security-head', 'announcements.write'),
  ('cleaner', 'sites.read'),
  ('gardener', 'sites.read')) as t(template, permission) on t.template = d.template
on conflict do nothing;

call wall('permission_group');
call wall('permission_group_permission', 'exists (select from permission_group g where g.id = permission_group_id)');
call wall('permission_group_member', 'exists (select from permission_group g where g.id = permission_group_id)');
call wall('permission_override');
call wall('person_site', 'exists (select from person p where p.id = person_id)');
call wall('access_version', 'true');
