-- The audit (ADR 0016). Triggers write down each change of a row of the business in the transaction that makes it. A moment later the
-- entries that were committed are sealed: each gets its place in the chain of its tenant, and a hash over the hash before and itself.

-- What was written down. The other columns are taken from the record, so they cannot contradict it; the hash is over its text.
create table audit_entry (
  id        bigint primary key,
  record    jsonb not null,
  tenant_id text not null generated always as (record ->> 'tenant') stored,
  at        text collate "C" not null generated always as (record ->> 'at') stored,
  entity    text generated always as (record ->> 'table') stored,
  key       text generated always as (record ->> 'key') stored
);
create sequence audit_entry_id owned by audit_entry.id;
create index audit_entry_tenant on audit_entry (tenant_id, at, id);
create index audit_entry_key on audit_entry (key, entity, id);

-- Entries that wait to be sealed.
create table audit_open (
  entry_id bigint primary key
);

-- The places of the chains. Nothing is ever changed to seal an entry, so entries and seals alike are only added.
create table audit_seal (
  tenant_id text not null,
  sequence  bigint not null,
  entry_id  bigint not null unique,
  hash      bytea not null,
  primary key (tenant_id, sequence)
);

-- How far each chain has come.
create table audit_chain (
  tenant_id text primary key,
  length    bigint not null,
  hash      bytea not null
);

create function keep_audit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only' using errcode = 'restrict_violation';
end $$;
create trigger keep_audit before update or delete or truncate on audit_entry for each statement execute function keep_audit();
create trigger keep_audit before update or delete or truncate on audit_seal for each statement execute function keep_audit();
create trigger keep_audit before delete or truncate on audit_chain for each statement execute function keep_audit();
create trigger keep_audit before truncate on audit_open for each statement execute function keep_audit();
create trigger extend_chain before update on audit_chain
  for each row when (new.length <= old.length or new.tenant_id <> old.tenant_id) execute function keep_audit();

-- What all entries of a statement have in common. Who works, and from where, is told by the wall of the application; work that goes
-- around it says as whom it came to the database.
create function audit_context() returns jsonb language plpgsql as $$
begin
  return jsonb_build_object(
    'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', coalesce(nullif(current_setting('fieldwright.actor', true), ''), 'database:' || session_user),
    'origin', coalesce(nullif(current_setting('fieldwright.origin', true), ''), host(inet_client_addr())),
    'reason', nullif(current_setting('fieldwright.reason', true), ''),
    'transaction', coalesce(
      nullif(current_setting('fieldwright.transaction', true), ''),
      set_config('fieldwright.transaction', gen_random_uuid()::text, true)));
end $$;

create function audit_record(context jsonb, operation text, tenant text, key text, before jsonb, after jsonb) returns jsonb
language sql stable as $$
  select context || jsonb_build_object('operation', operation, 'tenant', tenant, 'key', key, 'before', before, 'after', after)
$$;

-- Which row of its table it is. A key that is hidden is told by its digest.
create function audit_key(content jsonb, columns text[], hidden text[]) returns text language sql immutable as $$
  select case when columns && hidden then encode(sha256(convert_to(content ->> columns[1], 'UTF8')), 'hex')
    else (content ->> columns[1]) || coalesce('/' || (content ->> columns[2]), '') || coalesce('/' || (content ->> columns[3]), '') end
$$;

-- The tenant of the row that another row is a part of. One that was just deleted is remembered by the audit.
create function audit_tenant_of(parent text, parent_column text, parent_key text) returns text language plpgsql stable as $$
declare
  tenant text;
begin
  execute format('select tenant_id from %I where %I = %L', parent, parent_column, parent_key) into tenant;
  if tenant is null then
    select tenant_id into tenant from audit_entry where key = parent_key and entity = parent order by id desc limit 1;
  end if;
  return tenant;
end $$;

create function audit_tenant(content jsonb, tenant_column text, parent text, parent_column text) returns text
language sql stable as $$
  select coalesce(
    case when parent = '' then content ->> tenant_column
      else audit_tenant_of(parent, parent_column, content ->> tenant_column) end,
    '-')
$$;

-- What one row has and the other has not, or has otherwise; all of it where there is no other.
create function audit_difference(content jsonb, other jsonb) returns jsonb language plpgsql immutable as $$
begin
  return (
    select jsonb_object_agg(field.key, field.value) from jsonb_each(content) field
    where field.value is distinct from other -> field.key);
end $$;

create function audit_shown(content jsonb, hidden text[]) returns jsonb language plpgsql immutable as $$
begin
  if hidden = '{}' or content is null then
    return content;
  end if;
  return content || coalesce(
    (select jsonb_object_agg(name, '(hidden)') from unnest(hidden) name where content ->> name is not null), '{}');
end $$;

-- Writes down what a statement changed. A row that goes over to another tenant leaves the chain of one and enters that of the other,
-- and neither tells what it was or became on the other side.
-- Arguments: columns of the key, hidden columns, omitted columns, column of the tenant, table and column it refers to, if it does.
create function audit_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp set timezone = 'UTC' as $$
declare
  key_columns text[] := tg_argv[0];
  hidden text[] := tg_argv[1];
  omitted text[] := tg_argv[2];
  context jsonb := audit_context() || jsonb_build_object('table', tg_table_name);
begin
  if tg_op = 'INSERT' then
    with changed as (
      select to_jsonb(n) - omitted as content from new_rows n),
    fresh as materialized (
      select nextval('audit_entry_id') as id, audit_record(
        context, 'INSERT', audit_tenant(content, tg_argv[3], tg_argv[4], tg_argv[5]), audit_key(content, key_columns, hidden),
        null, audit_shown(content, hidden)) as record
      from changed),
    kept as (
      insert into audit_entry (id, record) select id, record from fresh)
    insert into audit_open (entry_id) select id from fresh;
  elsif tg_op = 'UPDATE' then
    with old_row as (
      select content as before, audit_key(content, key_columns, hidden) as key,
        audit_tenant(content, tg_argv[3], tg_argv[4], tg_argv[5]) as tenant
      from (select to_jsonb(o) - omitted as content from old_rows o) row),
    new_row as (
      select content as after, audit_key(content, key_columns, hidden) as key,
        audit_tenant(content, tg_argv[3], tg_argv[4], tg_argv[5]) as tenant
      from (select to_jsonb(n) - omitted as content from new_rows n) row),
    fresh as materialized (
      select nextval('audit_entry_id') as id, audit_record(
        context, case when before is null then 'ENTER' when after is null then 'LEAVE' else 'UPDATE' end, tenant, key,
        audit_shown(audit_difference(before, after), hidden), audit_shown(audit_difference(after, before), hidden)) as record
      from old_row full join new_row using (key, tenant)
      where before is distinct from after),
    kept as (
      insert into audit_entry (id, record) select id, record from fresh)
    insert into audit_open (entry_id) select id from fresh;
  else
    with changed as (
      select to_jsonb(o) - omitted as content from old_rows o),
    fresh as materialized (
      select nextval('audit_entry_id') as id, audit_record(
        context, 'DELETE', audit_tenant(content, tg_argv[3], tg_argv[4], tg_argv[5]), audit_key(content, key_columns, hidden),
        audit_shown(content, hidden), null) as record
      from changed),
    kept as (
      insert into audit_entry (id, record) select id, record from fresh)
    insert into audit_open (entry_id) select id from fresh;
  end if;
  return null;
end $$;

create function audit_refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are deleted, not truncated, because that is audited', tg_table_name
    using errcode = 'restrict_violation';
end $$;

-- How a table is audited, as the arguments of its triggers. Secrets and binary content are hidden. Generated columns are omitted, and
-- the version, which only counts the changes, also those of the parts of a row. The tenant is in tenant_id; else it is that of what the first foreign key refers to; else the platform's.
create function audit_arguments(audited regclass) returns text[] language plpgsql stable as $$
declare
  key_columns text[];
  hidden text[];
  omitted text[];
  tenant_column text := '';
  parent text := '';
  parent_column text := '';
begin
  select array_agg(a.attname order by k.position) into key_columns
    from pg_index i cross join unnest(i.indkey) with ordinality k(attnum, position)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = audited and i.indisprimary;
  if key_columns is null or cardinality(key_columns) > 3 then
    raise exception '% needs a primary key of at most three columns to be audited', audited;
  end if;
  select coalesce(array_agg(attname order by attnum) filter (
      where attname ~ '_hash$|^secret' or atttypid = 'bytea'::regtype), '{}'),
    coalesce(array_agg(attname order by attnum) filter (
      where attgenerated <> '' or (attname = 'version' and atttypid = 'bigint'::regtype)), '{}')
    into hidden, omitted
    from pg_attribute where attrelid = audited and attnum > 0 and not attisdropped;
  if key_columns && hidden and cardinality(key_columns) > 1 then
    raise exception '% cannot be audited with a secret in a key of several columns', audited;
  end if;
  if exists (select from pg_attribute where attrelid = audited and attname = 'tenant_id' and not attisdropped) then
    tenant_column := 'tenant_id';
  elsif audited = 'organisation'::regclass then
    tenant_column := 'code';
  else
    select a.attname, f.confrelid::regclass::text, r.attname into tenant_column, parent, parent_column
      from pg_constraint f
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
        join pg_attribute r on r.attrelid = f.confrelid and r.attnum = f.confkey[1]
      where f.conrelid = audited and f.contype = 'f' and cardinality(f.conkey) = 1
      order by f.conkey[1] limit 1;
    if not found then
      tenant_column := '';
      parent := '';
      parent_column := '';
    elsif parent = 'organisation' then
      parent := '';
      parent_column := '';
    elsif not exists (
        select from pg_attribute where attrelid = parent::regclass and attname = 'tenant_id' and not attisdropped) then
      raise exception 'the tenant of % is not in %: a part needs a tenant_id or a foreign key to what has one', audited, parent;
    end if;
  end if;
  return array[key_columns::text, hidden::text, omitted::text, tenant_column, parent, parent_column];
end $$;

-- Has a table audited from now on; again after its columns changed. A table that is not says why in its comment: 'not audited: …'.
create procedure audited(audited regclass) language plpgsql as $$
declare
  arguments text;
begin
  select string_agg(quote_literal(argument), ', ' order by position) into arguments
    from unnest(audit_arguments(audited)) with ordinality a(argument, position);
  execute format(
    'create or replace trigger audit_insert after insert on %s referencing new table as new_rows
      for each statement execute function audit_change(%s)', audited, arguments);
  execute format(
    'create or replace trigger audit_update after update on %s referencing old table as old_rows new table as new_rows
      for each statement execute function audit_change(%s)', audited, arguments);
  execute format(
    'create or replace trigger audit_delete after delete on %s referencing old table as old_rows
      for each statement execute function audit_change(%s)', audited, arguments);
  execute format(
    'create or replace trigger audit_truncate before truncate on %s
      for each statement execute function audit_refuse_truncate()', audited);
end $$;

-- What happened to the security of a tenant without any row being changed.
create function audit_security_event(tenant text, actor text, origin text, event text, detail text) returns void
language sql security definer set search_path = public, pg_temp as $$
  with fresh as materialized (
    select nextval('audit_entry_id') as id, audit_context() || jsonb_build_object(
      'operation', 'SECURITY', 'tenant', tenant, 'actor', actor, 'origin', origin, 'event', event, 'detail', detail) as record),
  kept as (
    insert into audit_entry (id, record) select id, record from fresh)
  insert into audit_open (entry_id) select id from fresh
$$;

create function audit_link(previous bytea, record text) returns bytea language sql immutable as $$
  select sha256(previous || convert_to(record, 'UTF8'))
$$;

-- What every chain begins with.
create function audit_genesis() returns bytea language sql immutable as $$
  select decode(repeat('00', 32), 'hex')
$$;

create function audit_continue(link bytea, head bytea, record text) returns bytea language sql immutable as $$
  select audit_link(coalesce(link, head), record)
$$;
create aggregate audit_chained(head bytea, record text) (sfunc = audit_continue, stype = bytea);

-- Seals up to so many committed entries, one node at a time, and tells how many. Without waiting it leaves them to a node that is at it.
create function seal_audit(most integer, waiting boolean) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one_at_a_time constant bigint := 7240140;
  sealed integer;
begin
  if waiting then
    perform pg_advisory_xact_lock(one_at_a_time);
  elsif not pg_try_advisory_xact_lock(one_at_a_time) then
    return 0;
  end if;
  with taken as (
    delete from audit_open where entry_id in (select entry_id from audit_open order by entry_id limit most) returning entry_id),
  linked as (
    select e.id, e.tenant_id, coalesce(c.length, 0) + row_number() over chain as sequence,
      audit_chained(coalesce(c.hash, audit_genesis()), e.record::text) over chain as hash
    from taken t join audit_entry e on e.id = t.entry_id left join audit_chain c on c.tenant_id = e.tenant_id
    window chain as (partition by e.tenant_id order by e.id rows unbounded preceding)),
  placed as (
    insert into audit_seal (tenant_id, sequence, entry_id, hash) select tenant_id, sequence, id, hash from linked),
  extended as (
    insert into audit_chain as chain (tenant_id, length, hash)
      select distinct on (tenant_id) tenant_id, sequence, hash from linked order by tenant_id, sequence desc
      on conflict (tenant_id) do update set length = excluded.length, hash = excluded.hash)
  select count(*) into sealed from taken;
  return sealed;
end $$;

-- Entries are written by the functions above only, which work as the owner of these tables, for whomever.
call wall('audit_entry');
create policy append on audit_entry for insert to current_user with check (true);
call wall('audit_open', 'exists (select from audit_entry e where e.id = entry_id)');
create policy append on audit_open for insert to current_user with check (true);
call wall('audit_seal');
call wall('audit_chain');

do $$
declare
  exempt record;
  business regclass;
begin
  for exempt in select * from (values
    ('audit_entry', 'is the audit'),
    ('audit_open', 'is the audit'),
    ('audit_seal', 'is the audit'),
    ('audit_chain', 'is the audit'),
    ('flyway_schema_history', 'Flyway keeps its own account'),
    ('idempotent_answer', 'answers kept for two days, of changes that are audited themselves'),
    ('site_import_chunk', 'what was uploaded, until it is imported'),
    ('site_import_row', 'what was uploaded, until it is imported'),
    ('site_import_problem', 'what was wrong with an upload'),
    ('access_version', 'follows from changes that are audited themselves'),
    ('refresh_token', 'turns over while somebody stays signed in, which is audited itself'),
    ('login_throttle', 'counts attempts for some minutes')) exemption(name, reason)
  loop
    if to_regclass(exempt.name) is not null then
      execute format('comment on table %I is %L', exempt.name, 'not audited: ' || exempt.reason);
    end if;
  end loop;
  for business in
    select oid from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace
      and relname not like 'act\_%' -- the engine's, which writes its own history
      and coalesce(obj_description(oid, 'pg_class'), '') not like 'not audited: %'
    order by relname
  loop
    call audited(business);
  end loop;
end $$;

insert into designation_permission (designation_id, permission)
  select d.id, granted.permission
  from designation d join (values
      ('tenant-admin', 'audit.read'), ('compliance', 'audit.read'),
      ('platform-admin', 'audit.read'), ('platform-admin', 'platform-audit.read')) granted(code, permission) on granted.code = d.code
  on conflict do nothing;
