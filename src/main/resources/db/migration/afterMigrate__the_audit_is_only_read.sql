-- After the grants of afterMigrate.sql: whoever does not own the audit reads it, and adds to it through its triggers and functions.
do $$
declare
  granted record;
begin
  perform pg_advisory_xact_lock(7240002);
  for granted in
    select distinct t.oid::regclass as audit, a.grantee::regrole as role
    from pg_class t cross join aclexplode(t.relacl) a
    where t.oid in ('audit_entry'::regclass, 'audit_open'::regclass, 'audit_seal'::regclass, 'audit_chain'::regclass)
      and a.grantee <> t.relowner and a.grantee <> 0 and a.privilege_type <> 'SELECT'
  loop
    execute format('revoke insert, update, delete, truncate, references, trigger on %s from %s', granted.audit, granted.role);
  end loop;
end $$;
