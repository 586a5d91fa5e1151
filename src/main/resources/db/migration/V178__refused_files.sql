-- Why the file of a piece of evidence was not taken (ADR 0019).
alter table evidence add column file_refusal text;
