create table warehouse (
  id                 uuid primary key,
  version            bigint not null,
  tenant_id          text not null references organisation,
  code               text not null,
  name               text not null,
  address            text,
  latitude           double precision not null check (latitude between -90 and 90),
  longitude          double precision not null check (longitude between -180 and 180),
  capacity_kilograms double precision not null check (capacity_kilograms >= 0),
  secure             boolean not null,
  manager_id         uuid references person,
  active             boolean not null,
  unique (tenant_id, code)
);

create table warehouse_accepted_kind (
  warehouse_id uuid not null references warehouse on delete cascade,
  kind         text not null,
  primary key (warehouse_id, kind)
);

create table vehicle (
  id                 uuid primary key,
  version            bigint not null,
  tenant_id          text not null references organisation,
  registration       text not null,
  name               text not null,
  capacity_kilograms double precision not null check (capacity_kilograms > 0),
  latitude           double precision,
  longitude          double precision,
  active             boolean not null,
  unique (tenant_id, registration)
);

create table carrier (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  code      text not null,
  name      text not null,
  email     text,
  phone     text,
  active    boolean not null,
  unique (tenant_id, code)
);

create table dismantle_record (
  id                uuid primary key,
  version           bigint not null,
  tenant_id         text not null,
  business_key      text not null,
  project_id        uuid not null references project,
  site_id           uuid not null,
  allocation_id     uuid references allocation,
  team_id           uuid not null references team,
  state             text not null check (state in
    ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'IN_TRANSIT', 'RECEIVED', 'RECONCILED', 'CLOSED', 'CANCELLED')),
  opened_at         timestamptz not null,
  authorised_by     text,
  permit_number     text,
  permit_valid_from date,
  permit_valid_to   date,
  scanned_by        text,
  scanned_at        timestamptz,
  scan_note         text,
  remark            text,
  warehouse_id      uuid references warehouse,
  currency          text,
  value             numeric(19, 2),
  recovered_value   numeric(19, 2)
);
create unique index dismantle_record_open on dismantle_record (site_id)
  where state in ('PENDING', 'IN_PROGRESS', 'COMPLETED');
create index dismantle_record_tenant on dismantle_record (tenant_id, state);
create index dismantle_record_allocation on dismantle_record (allocation_id);

create table dismantle_event (
  dismantle_record_id uuid not null references dismantle_record,
  sequence            int not null,
  from_state          text,
  to_state            text not null,
  who                 text not null,
  at                  timestamptz not null,
  why                 text,
  primary key (dismantle_record_id, sequence)
);

create table dismantle_line (
  id                   uuid primary key,
  version              bigint not null,
  tenant_id            text not null,
  dismantle_record_id  uuid not null references dismantle_record,
  position             int not null,
  finding              text not null check (finding in ('MATCHED', 'MISSING', 'UNEXPECTED', 'BULK')),
  item_id              uuid references equipment_item,
  serial_number        text,
  category_code        text not null,
  kind                 text not null,
  condition            text not null,
  quantity             int not null check (quantity > 0),
  weight_kilograms     double precision not null,
  percent_of_new_price int,
  unit_value           numeric(19, 4),
  value                numeric(19, 2)
);
create index dismantle_line_record on dismantle_line (dismantle_record_id);

create table receipt (
  id                  uuid primary key,
  version             bigint not null,
  tenant_id           text not null,
  dismantle_record_id uuid not null references dismantle_record,
  warehouse_id        uuid not null references warehouse,
  state               text not null check (state in ('EXPECTED', 'COUNTED', 'STOCKED', 'RECONCILED', 'CANCELLED')),
  expected_at         timestamptz not null,
  counted_at          timestamptz,
  counted_by          text,
  note                text,
  write_off_decided_by text,
  write_off_rejection  text,
  certificate_number  text,
  certificate_issuer  text,
  certificate_date    date,
  unique (dismantle_record_id, warehouse_id)
);
create index receipt_warehouse on receipt (warehouse_id, state);
create index receipt_tenant on receipt (tenant_id, state);

create table receipt_line (
  id                   uuid primary key,
  version              bigint not null,
  tenant_id            text not null,
  receipt_id           uuid not null references receipt,
  position             int not null,
  dismantle_line_id    uuid references dismantle_line,
  item_id              uuid references equipment_item,
  serial_number        text,
  category_code        text not null,
  kind                 text not null,
  condition            text not null,
  counted_condition    text,
  expected_quantity    int not null check (expected_quantity >= 0),
  counted_quantity     int check (counted_quantity >= 0),
  weight_kilograms     double precision not null,
  percent_of_new_price int not null,
  counted_percent      int,
  unit_value           numeric(19, 4) not null,
  disposition          text
);
create index receipt_line_receipt on receipt_line (receipt_id);

create table discrepancy (
  id              uuid primary key,
  version         bigint not null,
  tenant_id       text not null,
  receipt_id      uuid not null references receipt,
  position        int not null,
  receipt_line_id uuid not null references receipt_line deferrable initially deferred,
  kind            text not null check (kind in ('SHORT', 'OVER', 'DAMAGED', 'WRONG_SERIAL')),
  state           text not null check (state in ('OPEN', 'TOLERATED', 'ACCEPTED', 'WRITTEN_OFF')),
  serial_number   text,
  category_code   text not null,
  quantity        int not null,
  value           numeric(19, 2) not null,
  findings        text
);
create index discrepancy_receipt on discrepancy (receipt_id);

create table trip (
  id                       uuid primary key,
  version                  bigint not null,
  tenant_id                text not null,
  dismantle_record_id      uuid not null references dismantle_record,
  business_key             text not null,
  site_id                  uuid not null,
  destination_warehouse_id uuid not null references warehouse,
  vehicle_id               uuid references vehicle,
  carrier_id               uuid references carrier,
  driver                   text,
  state                    text not null check (state in
    ('PLANNED', 'CONFIRMED', 'IN_TRANSIT', 'ARRIVED', 'RETURNED', 'CANCELLED')),
  pickup_on                date not null,
  seal_number              text,
  signed_by                text,
  signed_latitude          double precision,
  signed_longitude         double precision,
  loaded_at                timestamptz,
  arrived_at               timestamptz,
  breakdown_report         text,
  refusal_reason           text,
  remark                   text
);
create index trip_record on trip (dismantle_record_id);
create index trip_vehicle on trip (vehicle_id) where state in ('PLANNED', 'CONFIRMED', 'IN_TRANSIT');
create index trip_tenant on trip (tenant_id, state);

create table manifest_line (
  id                uuid primary key,
  version           bigint not null,
  tenant_id         text not null,
  trip_id           uuid not null references trip,
  position          int not null,
  dismantle_line_id uuid not null references dismantle_line,
  item_id           uuid references equipment_item,
  serial_number     text,
  category_code     text not null,
  condition         text not null,
  planned_quantity  int not null check (planned_quantity > 0),
  loaded_quantity   int not null check (loaded_quantity between 0 and planned_quantity),
  weight_kilograms  double precision not null
);
create index manifest_line_trip on manifest_line (trip_id);
create index manifest_line_line on manifest_line (dismantle_line_id);

create table stock_movement (
  id               uuid primary key,
  tenant_id        text not null,
  warehouse_id     uuid not null references warehouse,
  item_id          uuid references equipment_item,
  category_code    text not null,
  condition        text not null,
  quantity         int not null check (quantity <> 0),
  weight_kilograms double precision not null,
  reason           text not null,
  reference        uuid not null,
  at               timestamptz not null,
  by_whom          text not null
);
create index stock_movement_warehouse on stock_movement (warehouse_id, category_code, condition);
create index stock_movement_item on stock_movement (item_id);
create index stock_movement_reference on stock_movement (reference);
create index stock_movement_tenant on stock_movement (tenant_id);
