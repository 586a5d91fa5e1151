-- At each start, because a role may be new and because the engine's tables are not made by a migration. One node at a time: two grants
-- at once on one table fail.
do $$
begin
  perform pg_advisory_xact_lock(7240002);
  grant usage on schema public to "${application_role}";
  grant select, insert, update, delete on all tables in schema public to "${application_role}";
  if current_user <> '${application_role}' then
    revoke insert, update, delete on flyway_schema_history from "${application_role}";
  end if;
end $$;
