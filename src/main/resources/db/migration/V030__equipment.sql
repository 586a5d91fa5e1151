create table equipment_category (
  id                  uuid primary key,
  version             bigint not null,
  tenant_id           text not null references organisation,
  code                text not null,
  name                text not null,
  kind                text not null check (kind in ('electronics', 'power', 'structure', 'cable', 'other')),
  new_price           numeric(14, 2) not null check (new_price >= 0),
  currency            text not null check (currency ~ '^[A-Z]{3}$'),
  gps_accuracy_metres integer not null check (gps_accuracy_metres > 0),
  minimum_photos      integer not null check (minimum_photos >= 0),
  serial_scan         boolean not null,
  complexity_rating   integer not null check (complexity_rating between 1 and 5),
  weight_kilograms    double precision not null check (weight_kilograms >= 0),
  volume_cubic_metres double precision not null check (volume_cubic_metres >= 0),
  unique (tenant_id, code),
  unique (id, tenant_id)
);

create table equipment_model (
  id             uuid primary key,
  version        bigint not null,
  tenant_id      text not null,
  category_id    uuid not null,
  manufacturer   text not null,
  name           text not null,
  specifications jsonb not null,
  foreign key (category_id, tenant_id) references equipment_category (id, tenant_id),
  unique (tenant_id, manufacturer, name),
  unique (id, manufacturer, tenant_id)
);
create index equipment_model_category on equipment_model (category_id);

create table equipment_item (
  id               uuid primary key,
  version          bigint not null,
  tenant_id        text not null,
  model_id         uuid not null,
  manufacturer     text not null,
  serial_number    text not null,
  condition        text not null check (condition in ('NEW', 'WORKING', 'REPAIRABLE', 'SCRAP')),
  in_service_since date not null,
  place_kind       text not null
    check (place_kind in ('SITE', 'WAREHOUSE', 'VEHICLE', 'CARRIER', 'QUARANTINE', 'DISPOSED', 'LOST')),
  place_id         uuid check ((place_id is null) = (place_kind in ('DISPOSED', 'LOST'))),
  custody_length   integer not null check (custody_length > 0),
  parent_id        uuid check (parent_id <> id),
  foreign key (model_id, manufacturer, tenant_id) references equipment_model (id, manufacturer, tenant_id) on update cascade,
  foreign key (parent_id, tenant_id) references equipment_item (id, tenant_id),
  constraint equipment_item_serial_number unique (tenant_id, serial_number, manufacturer),
  unique (id, tenant_id)
);
create index equipment_item_model on equipment_item (model_id);
create index equipment_item_place on equipment_item (place_id, place_kind);
create index equipment_item_parent on equipment_item (parent_id) where parent_id is not null;

create table custody_entry (
  id             uuid primary key,
  version        bigint not null,
  tenant_id      text not null,
  item_id        uuid not null,
  sequence       integer not null check (sequence > 0),
  from_kind      text check ((from_kind is null) = (sequence = 1)),
  from_id        uuid,
  to_kind        text not null,
  to_id          uuid,
  handed_over_at timestamptz not null,
  handed_over_by text not null,
  received_by    text not null,
  latitude       double precision check (latitude between -90 and 90),
  longitude      double precision check (longitude between -180 and 180),
  evidence       text not null,
  recorded_by    text not null,
  foreign key (item_id, tenant_id) references equipment_item (id, tenant_id),
  unique (item_id, sequence)
);

create function continue_custody() returns trigger language plpgsql as $$
begin
  if new.sequence > 1 and not exists (
    select from custody_entry before
    where before.item_id = new.item_id and before.sequence = new.sequence - 1
      and before.to_kind = new.from_kind and before.to_id is not distinct from new.from_id) then
    raise exception 'custody of item % does not continue with entry %', new.item_id, new.sequence
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger continue_custody before insert on custody_entry
  for each row execute function continue_custody();

create function keep_custody() returns trigger language plpgsql as $$
begin
  raise exception 'custody is append-only' using errcode = 'restrict_violation';
end $$;
create trigger keep_custody before update or delete or truncate on custody_entry
  for each statement execute function keep_custody();
