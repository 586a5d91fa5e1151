create table notification_template (
  id        uuid primary key,
  version   bigint not null,
  tenant_id text not null references organisation,
  event     text not null,
  language  text not null,
  subject   text not null,
  body      text not null,
  unique (tenant_id, event, language)
);

create table notification (
  id         uuid primary key,
  version    bigint not null,
  tenant_id  text not null references organisation,
  event      text not null,
  recipient  text references person (username),
  subject    text not null,
  body       text not null,
  created_at timestamptz not null,
  read_at    timestamptz
);
create index notification_recipient on notification (recipient, id);
create index notification_unread on notification (recipient, id) where read_at is null;

create table delivery (
  id              uuid primary key,
  version         bigint not null,
  tenant_id       text not null references organisation,
  notification_id uuid not null references notification,
  channel         text not null check (channel in ('IN_APP', 'EMAIL')),
  address         text check ((channel = 'EMAIL') = (address is not null)),
  state           text not null check (state in ('PENDING', 'SENT', 'FAILED')),
  attempts        integer not null,
  failure         text,
  created_at      timestamptz not null,
  sent_at         timestamptz
);
create index delivery_notification on delivery (notification_id);
create index delivery_tenant on delivery (tenant_id, id);
create index delivery_open on delivery (tenant_id, state, id) where state <> 'SENT';
