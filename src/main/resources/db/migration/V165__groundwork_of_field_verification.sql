alter table equipment_category add column checklist jsonb not null default '[]';

alter table equipment_item
  add column verified_at timestamptz,
  add column verified_by text,
  add constraint equipment_item_verification check ((verified_at is null) = (verified_by is null));

alter table project drop constraint project_work_type_check;
alter table project add constraint project_work_type_check check (work_type in ('DISMANTLE', 'FIELD_VERIFICATION'));
alter table project add column client_acceptance boolean not null default false;

-- Designations made from the templates before get what new ones have.
insert into designation_permission (designation_id, permission)
select d.id, t.permission
from designation d join (values
  ('tenant-admin', 'fieldwork.read'),
  ('tenant-admin', 'devices.manage'),
  ('project-manager', 'fieldwork.read'),
  ('project-manager', 'verifications.start'),
  ('coordinator', 'fieldwork.read'),
  ('coordinator', 'verifications.start'),
  ('coordinator', 'devices.manage'),
  ('supervisor', 'fieldwork.read'),
  ('supervisor', 'devices.manage'),
  ('team-lead', 'fieldwork.read'),
  ('field-engineer', 'fieldwork.read'),
  ('client', 'fieldwork.read'),
  ('asset-owner', 'fieldwork.read')) as t(template, permission) on t.template = d.template
on conflict do nothing;
