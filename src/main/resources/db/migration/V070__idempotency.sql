create table idempotent_answer (
  person         text not null,
  key            text not null,
  path           text not null,
  request_digest bytea not null,
  answered_at    timestamptz not null,
  status         integer,
  location       text,
  etag           text,
  content_type   text,
  body           bytea,
  primary key (person, key, path)
);
create index idempotent_answer_age on idempotent_answer (answered_at);
