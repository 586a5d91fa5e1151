-- Uploads in pieces, until they are complete.
create table file_upload (
  started_by text not null,
  id         uuid not null,
  tenant_id  text not null,
  kind       text not null check (kind in ('PHOTO', 'SIGNATURE', 'DOCUMENT')),
  name       text not null,
  size       bigint not null check (size > 0),
  sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  received   bigint not null check (received between 0 and size),
  expires_at timestamptz not null,
  primary key (started_by, id)
);
create index file_upload_expiry on file_upload (expires_at);
comment on table file_upload is 'not audited: what is being uploaded, until it is a file';
call wall('file_upload');

create table file_upload_piece (
  started_by text not null,
  upload_id  uuid not null,
  start      bigint not null,
  content    bytea not null,
  primary key (started_by, upload_id, start),
  foreign key (started_by, upload_id) references file_upload on delete cascade
);
alter table file_upload_piece alter column content set storage external; -- photos are compressed already
comment on table file_upload_piece is 'not audited: what is being uploaded, until it is a file';
call wall('file_upload_piece', 'exists (select from file_upload u where u.started_by = file_upload_piece.started_by and u.id = upload_id)');
