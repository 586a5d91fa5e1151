do $$
declare
  walled text;
begin
  foreach walled in array array[
    'engagement', 'person', 'designation', 'team', 'site', 'site_import', 'equipment_category', 'equipment_model', 'equipment_item',
    'custody_entry', 'client', 'project', 'allocation', 'warehouse', 'vehicle', 'carrier', 'dismantle_record', 'dismantle_line',
    'receipt', 'receipt_line', 'discrepancy', 'trip', 'manifest_line', 'stock_movement', 'notification_template', 'notification',
    'delivery']
  loop
    call wall(walled::regclass);
  end loop;
end $$;

call wall('organisation', 'code = any ((select tenants_in_sight())::text[])');
call wall('designation_candidate_group', 'exists (select from designation d where d.id = designation_id)');
call wall('designation_permission', 'exists (select from designation d where d.id = designation_id)');
call wall('person_designation', 'exists (select from person p where p.id = person_id)');
call wall('team_member', 'exists (select from team t where t.id = team_id)');
call wall('team_skill', 'exists (select from team t where t.id = team_id)');
call wall('site_import_chunk', 'exists (select from site_import i where i.id = import_id)');
call wall('site_import_row', 'exists (select from site_import i where i.id = import_id)');
call wall('site_import_problem', 'exists (select from site_import i where i.id = import_id)');
call wall('allocation_event', 'exists (select from allocation a where a.id = allocation_id)');
call wall('warehouse_accepted_kind', 'exists (select from warehouse w where w.id = warehouse_id)');
call wall('dismantle_event', 'exists (select from dismantle_record r where r.id = dismantle_record_id)');
call wall('idempotent_answer', $$person = current_setting('fieldwright.actor', true)$$);

-- A row in sight shows what it refers to, though that is not: whoever works on an allocation sees its team and its project. What is
-- revealed is read only. A statement that is limited to tenants never comes to the second condition.
create policy visible_by_reference on project for select using (
  exists (select from allocation a where a.project_id = project.id)
  or exists (select from dismantle_record r where r.project_id = project.id));
create policy visible_by_reference on client for select using (
  exists (select from project p where p.client_id = client.id));
create policy visible_by_reference on team for select using (
  exists (select from allocation a where a.team_id = team.id)
  or exists (select from dismantle_record r where r.team_id = team.id));
create policy visible_by_reference on person for select using (
  exists (select from team t where t.lead_id = person.id)
  or exists (select from team_member m where m.person_id = person.id)
  or exists (select from project p where p.manager_id = person.id));
create index dismantle_record_project on dismantle_record (project_id);
create index dismantle_record_team on dismantle_record (team_id);
create index team_lead on team (lead_id);
create index project_manager on project (manager_id);
