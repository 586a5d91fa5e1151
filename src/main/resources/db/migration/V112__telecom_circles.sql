-- The licensed service areas of India, as the Department of Telecommunications classes them.
create table telecom_circle (
  code     text primary key,
  name     text not null,
  category text not null check (category in ('METRO', 'A', 'B', 'C'))
);
insert into telecom_circle (code, name, category) values
  ('delhi', 'Delhi', 'METRO'),
  ('kolkata', 'Kolkata', 'METRO'),
  ('mumbai', 'Mumbai', 'METRO'),
  ('andhra-pradesh', 'Andhra Pradesh', 'A'),
  ('gujarat', 'Gujarat', 'A'),
  ('karnataka', 'Karnataka', 'A'),
  ('maharashtra', 'Maharashtra', 'A'),
  ('tamil-nadu', 'Tamil Nadu', 'A'),
  ('haryana', 'Haryana', 'B'),
  ('kerala', 'Kerala', 'B'),
  ('madhya-pradesh', 'Madhya Pradesh', 'B'),
  ('punjab', 'Punjab', 'B'),
  ('rajasthan', 'Rajasthan', 'B'),
  ('uttar-pradesh-east', 'Uttar Pradesh (East)', 'B'),
  ('uttar-pradesh-west', 'Uttar Pradesh (West)', 'B'),
  ('west-bengal', 'West Bengal', 'B'),
  ('assam', 'Assam', 'C'),
  ('bihar', 'Bihar', 'C'),
  ('himachal-pradesh', 'Himachal Pradesh', 'C'),
  ('jammu-and-kashmir', 'Jammu and Kashmir', 'C'),
  ('north-east', 'North East', 'C'),
  ('odisha', 'Odisha', 'C');
call wall('telecom_circle', 'true');

alter table organisation
  add column telecom_circle_code text references telecom_circle check (telecom_circle_code is null or kind = 'CIRCLE'),
  add column dual_mode boolean not null default false check (not dual_mode or kind = 'VENDOR');
create unique index organisation_telecom_circle on organisation (parent_code, telecom_circle_code) where state <> 'CLOSED';
