-- External accounts that last: how they were connected, when they are refreshed and checked, and how they are.

alter table sheaf.connections
  add column way text not null default 'token' check (way in ('oauth', 'token', 'none')),
  -- What the form asked that is no secret (a server's address, a database's name); shown, and filled in when it is edited.
  add column settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  -- The master key the envelope is under, so that a rotation finds what is left (ACC-2). Null: not noted yet.
  add column credential_kid text,
  -- When the access token is renewed (well before it expires), and when nothing can renew it any more without the person.
  add column refresh_at timestamptz,
  add column expires_at timestamptz,
  -- Who is renewing the access, and until when nobody else does; without a holder it rests after a try that got nowhere.
  add column refresh_lease uuid,
  add column refresh_lease_until timestamptz,
  -- A renewal was asked for and its answer never came: the provider may have changed the pair. Null: every answer is known.
  add column refresh_sent_at timestamptz,
  -- Failing since when and how often in a row: it pauses after repeated failure over time, never on the first (ACC-4).
  add column failing_since timestamptz,
  add column failures integer not null default 0,
  add column next_check_at timestamptz not null default now();

-- A disconnected account keeps its row for its targets, and no envelope.
-- squawk-ignore ban-drop-not-null
alter table sheaf.connections alter column credential_jwe drop not null;

-- Not validated, which would hold up readers: every row there kept a narrower rule.
alter table sheaf.connections drop constraint connections_status_check;
alter table sheaf.connections add constraint connections_status_check check (status in ('healthy', 'expiring', 'expired',
  'revoked', 'rate_limited', 'schema_changed', 'failing', 'paused', 'disconnected')) not valid;
alter table sheaf.connections add constraint connections_wiped check ((credential_jwe is null) = (status = 'disconnected')) not valid;

grant update (way, settings, credential_kid, refresh_at, expires_at, refresh_lease, refresh_lease_until, refresh_sent_at,
  failing_since, failures, next_check_at) on sheaf.connections to sheaf_api;

-- What is due for a refresh, a check or a new envelope is read across tenants: ids and moments, no content.
create index connections_refresh on sheaf.connections (workspace_id, refresh_at) where refresh_at is not null;
create index connections_check on sheaf.connections (workspace_id, next_check_at);
grant select (status, refresh_at, next_check_at, credential_kid) on sheaf.connections to sheaf_service;

-- One visit to a provider's consent page (ACC-1): begun by a session, and finished by that same session. The window comes back without
-- a bearer token, so these are the identity's, like those of signing in.
create table sheaf.connection_flows (
  -- SHA-256 of the address that opens the window, and, once a browser has gone on from there, of the `state` that the provider
  -- carries. The state is made of that browser's cookie, and so is the PKCE verifier; neither is kept.
  ticket_hash bytea primary key,
  state_hash bytea unique,
  user_id uuid not null references sheaf.users on delete cascade,
  session_id uuid not null references sheaf.device_sessions on delete cascade,
  workspace_id uuid not null references sheaf.workspaces on delete cascade,
  provider text not null check (length(provider) <= 40),
  name text check (length(name) between 1 and 80),
  -- The connection that is to be reconnected; the same account has to come back.
  connection_id uuid,
  redirect_uri text not null,
  -- What came back, under the vault, until the session fetches what it is worth; its own hash is what the window is sent home with.
  answer_jwe text,
  finish_hash bytea unique,
  expires_at timestamptz not null
);
create index connection_flows_expiry on sheaf.connection_flows (expires_at);
grant select, insert, update, delete on sheaf.connection_flows to sheaf_identity;
alter table sheaf.connection_flows enable row level security;
alter table sheaf.connection_flows force row level security;
create policy connection_flows_identity on sheaf.connection_flows to sheaf_identity using (true) with check (true);
