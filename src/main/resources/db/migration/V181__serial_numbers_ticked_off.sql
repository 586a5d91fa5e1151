-- A number ticked off a list that shows it proves less than one that was read from the label.
alter table evidence drop constraint evidence_method_check,
  add constraint evidence_method_check check (method in ('TICKED', 'TYPED', 'SCANNED', 'PHOTO'));
