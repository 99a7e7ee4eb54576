-- People, their sessions and the workspaces they belong to; and the settings every policy reads.
-- Roles and their passwords are made by backend/db/roles.ts before migrations run: SQL files hold no secrets.

create schema sheaf;
grant usage on schema sheaf to sheaf_api, sheaf_identity, sheaf_service;

create function sheaf.current_workspace() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.workspace_id', true), '')::uuid;

create function sheaf.current_user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;

create function sheaf.current_app_role() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.role', true), '');

create table sheaf.users (
  id uuid primary key,
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  first_name text not null default '' check (length(first_name) <= 100),
  last_name text not null default '' check (length(last_name) <= 100),
  time_zone text not null default 'UTC' check (length(time_zone) <= 64),
  created_at timestamptz not null default now()
);
create unique index users_email on sheaf.users (email);

-- A way in: 'password' here, upstream providers later. One subject of one provider belongs to one person.
create table sheaf.user_accounts (
  user_id uuid not null references sheaf.users on delete cascade,
  provider text not null check (length(provider) <= 40),
  subject text not null check (length(subject) <= 255),
  password_hash text,
  linked_at timestamptz not null default now(),
  primary key (user_id, provider, subject),
  check ((provider = 'password') = (password_hash is not null))
);
create unique index user_accounts_subject on sheaf.user_accounts (provider, subject);

create table sheaf.workspaces (
  id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  personal boolean not null,
  created_at timestamptz not null default now()
);

create table sheaf.workspace_members (
  workspace_id uuid not null references sheaf.workspaces on delete cascade,
  user_id uuid not null references sheaf.users on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  joined_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index workspace_members_user on sheaf.workspace_members (user_id);

-- One per device and sign-in; carries the refresh token's hash and the thumbprint of the key it is bound to.
create table sheaf.device_sessions (
  id uuid primary key,
  user_id uuid not null references sheaf.users on delete cascade,
  workspace_id uuid not null references sheaf.workspaces on delete cascade,
  client_id text not null,
  device_id uuid not null,
  device_name text not null check (length(device_name) <= 120),
  refresh_token_hash bytea not null,
  dpop_thumbprint text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  absolute_expires_at timestamptz not null,
  revoked_at timestamptz
);
create unique index device_sessions_refresh_token on sheaf.device_sessions (refresh_token_hash);
create index device_sessions_user on sheaf.device_sessions (user_id, last_used_at);

-- One-use codes of the authorization code flow. `session_id` is what a redeemed code issued, so that a replay can end it.
create table sheaf.authorization_codes (
  code_hash bytea primary key,
  client_id text not null,
  user_id uuid not null references sheaf.users on delete cascade,
  redirect_uri text not null,
  code_challenge text not null,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  session_id uuid references sheaf.device_sessions on delete cascade
);
create index authorization_codes_expiry on sheaf.authorization_codes (expires_at);

-- Proofs seen within their window; a second use is a replay (RFC 9449 §11.1).
create table sheaf.dpop_proofs (
  proof_hash bytea primary key,
  expires_at timestamptz not null
);
create index dpop_proofs_expiry on sheaf.dpop_proofs (expires_at);

-- The keys that sign access tokens. The private half is a JWE under the master key.
create table sheaf.signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  private_jwe text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

-- The backend's own cookie sessions: its sign-in page and the operators' queue dashboard.
create table sheaf.browser_sessions (
  token_hash bytea primary key,
  user_id uuid not null references sheaf.users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index browser_sessions_expiry on sheaf.browser_sessions (expires_at);

-- Fixed-window counters for sign-in and writes (SEC-1). `key` is a hash: no address or e-mail is kept.
create table sheaf.rate_limits (
  key bytea not null,
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_start)
);

grant select, insert, update, delete on
  sheaf.users, sheaf.user_accounts, sheaf.workspaces, sheaf.workspace_members, sheaf.device_sessions,
  sheaf.authorization_codes, sheaf.dpop_proofs, sheaf.signing_keys, sheaf.browser_sessions, sheaf.rate_limits
  to sheaf_identity;

-- The API's role learns of people only through its own workspace.
grant select on sheaf.workspaces, sheaf.workspace_members to sheaf_api;

alter table sheaf.workspaces enable row level security;
alter table sheaf.workspaces force row level security;
create policy workspaces_identity on sheaf.workspaces to sheaf_identity using (true) with check (true);
create policy workspaces_select on sheaf.workspaces for select to sheaf_api
  using (id = (select sheaf.current_workspace()));

alter table sheaf.workspace_members enable row level security;
alter table sheaf.workspace_members force row level security;
create policy workspace_members_identity on sheaf.workspace_members to sheaf_identity using (true) with check (true);
create policy workspace_members_select on sheaf.workspace_members for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));

-- A session names the workspace it is for. Nobody but identity may see it: whoever is granted this table by mistake sees nothing.
alter table sheaf.device_sessions enable row level security;
alter table sheaf.device_sessions force row level security;
create policy device_sessions_identity on sheaf.device_sessions to sheaf_identity using (true) with check (true);
