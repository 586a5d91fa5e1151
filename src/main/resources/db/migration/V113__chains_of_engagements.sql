create extension if not exists btree_gist;

alter table engagement rename column circle_code to principal_code;
alter table engagement
  add column parent_id uuid references engagement,
  add column end_reason text,
  add check (valid_to >= valid_from - 1),
  -- The day before the first ends an engagement that never began: its range is empty and overlaps nothing.
  add constraint engagement_overlap exclude using gist (tenant_id with =, daterange(valid_from, valid_to + 1) with &&);
alter index engagement_circle rename to engagement_principal;
create index engagement_parent on engagement (parent_id) where parent_id is not null;
create index engagement_owner on engagement (split_part(tenant_id, '~', 1));

-- An engagement counts while it and all above it are valid and everybody in the chain is active.
create function is_effective(engagement_id uuid, day date) returns boolean language sql stable as $$
  with recursive link as (
    select e.* from engagement e where e.id = engagement_id
    union all select e.* from engagement e join link on e.id = link.parent_id)
  select bool_and(link.valid_from <= day and coalesce(link.valid_to >= day, true) and principal.active and vendor.active)
  from link join organisation principal on principal.code = link.principal_code
    join organisation vendor on vendor.code = link.vendor_code
$$;

-- The tenants that people of an organisation take part in: the organisation, a corporate's circles, the collaborations
-- these own, also former ones, and those they stand in while the engagement that lets them in is effective.
create function tenants_of(organisation_code text) returns text[] language sql stable as $$
  with recursive own as (
    select o.code from organisation o where o.code = organisation_code
    union select o.code from organisation o join own on o.parent_code = own.code),
  shared as (
    select e.id, e.tenant_id from engagement e where e.tenant_id in (
      select held.tenant_id from engagement held join own on held.vendor_code = own.code
      where is_effective(held.id, (now() at time zone 'UTC')::date))
    union select e.id, e.tenant_id from engagement e join shared on e.parent_id = shared.id)
  select array(
    select code from own
    union select e.tenant_id from engagement e join own on split_part(e.tenant_id, '~', 1) = own.code
    union select tenant_id from shared)
$$;

-- Whose people take part in a tenant: the organisations named in it and the corporate above its owner.
create function organisations_of(tenant text) returns text[] language sql stable as $$
  with recursive above as (
    select o.code, o.parent_code from organisation o where o.code = split_part(tenant, '~', 1)
    union select o.code, o.parent_code from organisation o join above on o.code = above.parent_code)
  select array(select code from above union select unnest(string_to_array(tenant, '~')))
$$;

create function tenant_name(tenant text) returns text language sql stable as $$
  select string_agg(o.name, ' with ' order by link.position)
  from unnest(string_to_array(tenant, '~')) with ordinality as link(code, position) join organisation o on o.code = link.code
$$;

insert into designation_permission
select id, 'engagements.write' from designation where code = 'tenant-admin'
on conflict do nothing;
