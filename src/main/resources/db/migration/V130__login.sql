-- Proofs of who calls are looked up before anybody is known: only the system reads these tables, and narrows them by itself.

-- One signing in: a browser's session, or the family of an access token and the refresh tokens that follow one another.
create table sign_in (
  id           uuid primary key,
  tenant_id    text not null references organisation,
  username     text not null references person (username),
  kind         text not null check (kind in ('SESSION', 'TOKENS')),
  origin       text,
  client       text,
  opened_at    timestamptz not null,
  refreshed_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
create index sign_in_username on sign_in (username, opened_at);
create index sign_in_expiry on sign_in (expires_at);
call wall('sign_in', 'false');

create table refresh_token (
  secret_hash bytea primary key,
  sign_in_id  uuid not null references sign_in on delete cascade,
  issued_at   timestamptz not null,
  expires_at  timestamptz not null,
  rotated_at  timestamptz
);
create index refresh_token_sign_in on refresh_token (sign_in_id);
call wall('refresh_token', 'false');

create table signing_key (
  id         text primary key,
  secret_key text not null,
  created_at timestamptz not null
);
call wall('signing_key', 'false');

create table password_reset (
  secret_hash bytea primary key,
  tenant_id   text not null references organisation,
  username    text not null unique references person (username),
  created_by  text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null
);
call wall('password_reset', 'false');

-- Failed attempts of one username or network address; a row says until when the attempts made so far count.
create table login_throttle (
  subject     text primary key,
  counts_till timestamptz not null,
  reported    boolean not null
);
create index login_throttle_age on login_throttle (counts_till);
call wall('login_throttle', 'false');

create table api_key (
  id           uuid primary key,
  version      bigint not null,
  tenant_id    text not null references organisation,
  username     text not null references person (username),
  name         text not null,
  secret_hash  bytea not null,
  tasks        boolean not null,
  created_by   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index api_key_tenant on api_key (tenant_id);
create index api_key_username on api_key (username);
call wall('api_key');

create table api_key_scope (
  api_key_id uuid not null references api_key on delete cascade,
  permission text not null,
  primary key (api_key_id, permission)
);
call wall('api_key_scope', 'exists (select from api_key k where k.id = api_key_id)');
