-- Devices keep what a site looks like and holds with its field task: where that changes, the task has changed for them.
-- Whoever changes a site need not see all that vendors do there, so this is work on the system's behalf.
create procedure change_field_tasks_of(sites uuid[]) language plpgsql as $$
declare
  tenants text := coalesce(current_setting('fieldwright.tenants', true), '');
begin
  perform set_config('fieldwright.tenants', '*', true);
  update field_task set changed_in = pg_current_xact_id() where site_id = any (sites) and state not in ('DONE', 'CANCELLED');
  perform set_config('fieldwright.tenants', tenants, true);
end $$;

create function site_has_changed() returns trigger language plpgsql as $$
begin
  call change_field_tasks_of(array[new.id]);
  return null;
end $$;
create trigger tell_field_tasks after update on site for each row
  when ((old.code, old.name, old.address, old.latitude, old.longitude, old.boundary, old.access_contact, old.access_key, old.hazards, old.protective_equipment)
    is distinct from
    (new.code, new.name, new.address, new.latitude, new.longitude, new.boundary, new.access_contact, new.access_key, new.hazards, new.protective_equipment))
  execute function site_has_changed();

create function equipment_has_changed() returns trigger language plpgsql as $$
begin
  call change_field_tasks_of(array[old.place_id, new.place_id]);
  return null;
end $$;
create trigger tell_field_tasks_of_new after insert on equipment_item for each row
  when (new.place_kind = 'SITE') execute function equipment_has_changed();
create trigger tell_field_tasks after update on equipment_item for each row
  when ('SITE' in (old.place_kind, new.place_kind)
    and (old.place_id, old.serial_number, old.manufacturer, old.model_id)
      is distinct from (new.place_id, new.serial_number, new.manufacturer, new.model_id))
  execute function equipment_has_changed();

-- What a device is told is its team's: whoever left the team has no work to do any more, though they accepted it.
drop index field_task_engineer;
