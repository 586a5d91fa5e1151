-- Designations made from the templates before get what new ones have.
insert into designation_permission (designation_id, permission)
select id, 'files.write' from designation where template in ('team-lead', 'field-engineer')
on conflict do nothing;
