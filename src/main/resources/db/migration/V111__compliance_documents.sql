create table compliance_document (
  id               uuid primary key,
  version          bigint not null,
  tenant_id        text not null references organisation,
  kind             text not null,
  number           text not null,
  issuer           text not null,
  issued_on        date not null,
  expires_on       date check (expires_on > issued_on),
  state            text not null check (state in ('SUBMITTED', 'APPROVED', 'REJECTED', 'SUPERSEDED')),
  submitted_by     text not null,
  submitted_at     timestamptz not null,
  reviewed_by      text,
  reviewed_at      timestamptz,
  rejection_reason text check ((rejection_reason is not null) <= (state in ('REJECTED', 'SUPERSEDED'))),
  warned_of        text check (warned_of in ('EXPIRING', 'EXPIRED'))
);
create unique index compliance_document_submitted on compliance_document (tenant_id, kind) where state = 'SUBMITTED';
create unique index compliance_document_approved on compliance_document (tenant_id, kind) where state = 'APPROVED';
create index compliance_document_expiry on compliance_document (expires_on) where state = 'APPROVED';
create index compliance_document_tenant on compliance_document (tenant_id, id);
call wall('compliance_document');

-- Designations made from the templates before get what new ones have.
insert into designation_permission
select id, case code when 'tenant-admin' then 'compliance.write' else 'compliance.review' end
from designation where code in ('tenant-admin', 'compliance', 'platform-admin')
on conflict do nothing;
