-- The evidence of the rounds before that was not asked for again and counts for this execution too (ADR 0017).
alter table execution add column staying uuid[] not null default '{}';
