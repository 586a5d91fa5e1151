-- The second wall (ADR 0011). The application tells at the start of each transaction, and whenever it changes, in whose name it works:
--   fieldwright.tenants  the tenants in sight, joined by commas; '*' for work on the system's behalf; unset means none
--   fieldwright.actor    who works, for the audit
--   fieldwright.origin   from which network address, for the audit
create function tenants_in_sight() returns text[] language sql stable parallel safe
  return string_to_array(current_setting('fieldwright.tenants', true), ',');

create function works_for_system() returns boolean language sql stable parallel safe
  return coalesce(current_setting('fieldwright.tenants', true) = '*', false);

-- Puts a table behind the wall: rows are read and written only by whom the condition admits, and by the system. A table without a
-- tenant_id names in its condition the row it is a part of. The subselects are evaluated once for each statement, not for each row.
create procedure wall(walled regclass, condition text default 'tenant_id = any ((select tenants_in_sight())::text[])')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  execute format('create policy tenant on %s using ((select works_for_system()) or %s)', walled, condition);
end $$;
