-- Stored files (ADR 0018). Devices make ids, so an id names a file within its tenant; that it is taken elsewhere must not be told.
create table stored_file (
  tenant_id       text not null,
  id              uuid not null,
  content_id      uuid not null unique, -- names the content in the storage; never used twice, so a clean-up cannot meet a new one
  kind            text not null check (kind in ('PHOTO', 'SIGNATURE', 'DOCUMENT')),
  name            text not null,
  media_type      text not null,
  size            bigint not null check (size > 0),
  sha256          text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  uploaded_by     text not null,
  uploaded_at     timestamptz not null,
  width           integer check (width > 0),
  height          integer check (height > 0),
  orientation     smallint check (orientation between 1 and 8),
  latitude        double precision check (latitude between -90 and 90),
  longitude       double precision check (longitude between -180 and 180),
  taken_at        timestamp,
  taken_at_offset text,
  device_make     text,
  device_model    text,
  device_software text,
  codes           text[],
  likeness        bigint, -- perceptual hash
  -- The likeness in four parts: two that differ in at most eleven bits have one that differs in at most two. Columns of their own, because
  -- behind row-level security an index serves only comparisons of columns.
  likeness_1      integer generated always as (((likeness >> 48) & 65535)::integer) stored,
  likeness_2      integer generated always as (((likeness >> 32) & 65535)::integer) stored,
  likeness_3      integer generated always as (((likeness >> 16) & 65535)::integer) stored,
  likeness_4      integer generated always as ((likeness & 65535)::integer) stored,
  primary key (tenant_id, id),
  unique (uploaded_by, id),
  check ((width is null) = (height is null)),
  check ((latitude is null) = (longitude is null))
);
create index stored_file_id on stored_file (id);
create index stored_file_sha256 on stored_file (tenant_id, sha256);
create index stored_file_likeness_1 on stored_file (tenant_id, likeness_1) where likeness is not null;
create index stored_file_likeness_2 on stored_file (tenant_id, likeness_2) where likeness is not null;
create index stored_file_likeness_3 on stored_file (tenant_id, likeness_3) where likeness is not null;
create index stored_file_likeness_4 on stored_file (tenant_id, likeness_4) where likeness is not null;
call wall('stored_file');
call audited('stored_file');

-- Evidence is kept as it came.
create function keep_file() returns trigger language plpgsql as $$
begin
  raise exception 'a stored file is never changed or deleted' using errcode = 'restrict_violation';
end $$;
create trigger keep_file before update or delete on stored_file for each row execute function keep_file();
