create table invitation (
  id                uuid primary key,
  version           bigint not null,
  tenant_id         text not null references organisation,
  kind              text not null check (kind in ('CORPORATE', 'CIRCLE', 'VENDOR')),
  name              text not null,
  proposed_code     text,
  parent_code       text references organisation check ((kind = 'CIRCLE') = (parent_code is not null)),
  email             text not null,
  language          text not null,
  message           text,
  circle_code       text references organisation,
  parent_engagement_id uuid references engagement,
  valid_from        date check ((num_nonnulls(circle_code, parent_engagement_id) = 1) = (valid_from is not null)),
  valid_to          date check (valid_to >= valid_from),
  state             text not null check (state in
                      ('INVITED', 'ACCEPTED', 'UNDER_REVIEW', 'ACTIVATED', 'EXPIRED', 'REVOKED', 'REJECTED', 'BOUNCED')),
  reason            text,
  invited_by        text not null references person (username),
  invited_at        timestamptz not null,
  sent_at           timestamptz,
  expires_at        timestamptz,
  token_hash        text unique,
  token_spent       boolean not null,
  organisation_code text unique references organisation,
  administrator     text references person (username)
);
create index invitation_tenant on invitation (tenant_id, invited_at);
create unique index invitation_open on invitation (tenant_id, lower(email))
  where state in ('INVITED', 'ACCEPTED', 'UNDER_REVIEW', 'BOUNCED');

call wall('invitation');

-- Designations made from the templates before get what new ones have.
set local fieldwright.tenants = '*';
insert into designation_permission (designation_id, permission)
  select id, permission from designation, unnest(array['invitations.read', 'invitations.write']) as permission
  where code in ('tenant-admin', 'platform-admin')
  union all select id, 'invitations.read' from designation where code = 'compliance'
on conflict do nothing;
