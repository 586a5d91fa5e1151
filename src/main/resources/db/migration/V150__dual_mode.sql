-- The candidate groups that vendors hold for clients of their own only (CandidateGroup.isOfOwners).
create function is_of_owners(candidate_group text) returns boolean language sql immutable parallel safe as $$
  select candidate_group in (
    'coordinator', 'project-manager', 'client', 'asset-owner', 'storekeeper', 'warehouse-manager', 'facility-manager',
    'requester', 'finance-approver')
$$;

-- The engine group of those of an organisation who hold a candidate group (CandidateGroup.idIn); null where they hold none by it.
create function engine_group(candidate_group text, holder organisation) returns text language sql immutable parallel safe as $$
  select case
    when holder.kind <> 'VENDOR' or not is_of_owners(candidate_group) then candidate_group
    when holder.dual_mode then holder.code || ':' || candidate_group
  end
$$;

-- A designation rests, with the permissions it grants, while its organisation may hold none of its groups.
create function is_in_force(designation uuid) returns boolean language sql stable as $$
  select coalesce(bool_or(engine_group(g.candidate_group, o) is not null), true)
  from designation_candidate_group g join designation d on d.id = g.designation_id join organisation o on o.code = d.tenant_id
  where g.designation_id = designation
$$;

create or replace function effective_permissions(person uuid, moment timestamptz) returns setof text language sql stable as $$
  (select permission from person_designation join designation_permission using (designation_id)
     where person_id = person and is_in_force(designation_id)
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
