-- Vendors that were in dual mode before it brought designations with it get them now (DesignationTemplate.forOwnClients).
create temporary table template on commit drop as
select * from (values
  ('project-manager', 'Project manager', null, '{people.read, sites.read, equipment.read, projects.read, projects.write,
    logistics.read, allocations.steer, dismantles.start}'::text[]),
  ('coordinator', 'Coordinator', 'project-manager', '{people.read, sites.read, sites.write, equipment.read, equipment.write,
    projects.read, projects.write, logistics.read, allocations.steer, dismantles.start, processes.read, processes.operate}'),
  ('client', 'Client', null, '{sites.read, projects.read}'),
  ('asset-owner', 'Asset owner', null, '{sites.read, equipment.read, projects.read, logistics.read}'),
  ('warehouse-manager', 'Warehouse manager', null, '{people.read, equipment.read, equipment.write, logistics.read,
    logistics.write}'),
  ('storekeeper', 'Storekeeper', 'warehouse-manager', '{equipment.read, logistics.read}'),
  ('facility-manager', 'Facility manager', null, '{sites.read, equipment.read, maintenance.access-all, maintenance.assign,
    maintenance.close, maintenance.handle, announcements.write}'),
  ('requester', 'Requester', null, '{}'),
  ('finance-approver', 'Finance approver', null, '{projects.read, logistics.read}')) as t(code, name, reports_to, permissions);

create temporary table created (id uuid, tenant_id text, code text) on commit drop;

with inserted as (
  insert into designation (id, version, tenant_id, code, name, template)
  select gen_random_uuid(), 0, o.code, t.code, t.name, t.code from organisation o cross join template t where o.dual_mode
  on conflict (tenant_id, code) do nothing
  returning id, tenant_id, code)
insert into created select * from inserted;

update designation d set parent_id = superior.id
from created c join template t using (code)
  join designation superior on superior.tenant_id = c.tenant_id and superior.code = t.reports_to
where d.id = c.id;

insert into designation_candidate_group select id, code from created;

insert into designation_permission
select c.id, unnest(t.permissions) from created c join template t using (code);
