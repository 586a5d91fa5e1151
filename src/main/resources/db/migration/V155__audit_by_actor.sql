-- Behind row-level security an index serves only conditions that are known to keep what they see to themselves: comparing a column is,
-- reading a field of the record is not (ADR 0011).
alter table audit_entry add column actor text generated always as (record ->> 'actor') stored;
create index audit_entry_actor on audit_entry (tenant_id, actor, at, id);
