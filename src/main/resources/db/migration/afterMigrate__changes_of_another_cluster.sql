-- Rows that were restored from a dump may name transactions that this cluster has not come to: every page would tell them as changed
-- until it has (ADR 0019).
update field_task set changed_in = pg_current_xact_id() where changed_in >= pg_snapshot_xmax(pg_current_snapshot());
update evidence_conflict set changed_in = pg_current_xact_id() where changed_in >= pg_snapshot_xmax(pg_current_snapshot());
