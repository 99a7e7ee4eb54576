-- Every way in, workspaces with several members, settings that follow a person, and what a deleted account leaves behind.

-- The tables altered here hold people and sessions, thousands of rows and not millions: a scan under a lock takes milliseconds,
-- which is what the ignored rules warn of.

-- Only a verified address is somebody's for sure. An unverified claim (a sign-up on a backend that asks for no
-- proof) must not keep its owner out, so the two are unique apart from each other. Empty: an upstream that vouches for none.
alter table sheaf.users add column email_verified_at timestamptz;
alter table sheaf.users drop constraint users_email_check;
-- squawk-ignore constraint-missing-not-valid
alter table sheaf.users add constraint users_email_check
  check (email = lower(email) and (email = '' or length(email) between 3 and 254));
-- squawk-ignore require-concurrent-index-deletion
drop index sheaf.users_email;
create index users_email on sheaf.users (email);
create unique index users_verified_email on sheaf.users (email) where email_verified_at is not null;
create unique index users_claimed_email on sheaf.users (email) where email_verified_at is null and email <> '';

-- `label` is what the person reads in their list (an address, a login). `grant_jwe`: the upstream's token, sealed, kept for one
-- purpose: to take Sheaf's access back there when the account is unlinked or deleted.
-- squawk-ignore adding-field-with-default
alter table sheaf.user_accounts add column id uuid not null default uuidv7();
alter table sheaf.user_accounts add column label text not null default '' check (length(label) <= 254);
alter table sheaf.user_accounts add column grant_jwe text;
alter table sheaf.user_accounts add column last_used_at timestamptz;
-- When the upstream last changed the person, by its own clock: its messages arrive in any order, and an older one changes nothing.
alter table sheaf.user_accounts add column upstream_updated_at timestamptz;
create unique index user_accounts_id on sheaf.user_accounts (id);

alter table sheaf.workspaces add column plan text not null default 'free' check (plan in ('free', 'pro'));

-- The workspace a session works in when its client names none; null falls back to the personal one. A workspace that goes
-- must not sign its members out.
-- squawk-ignore ban-drop-not-null
alter table sheaf.device_sessions alter column workspace_id drop not null;
alter table sheaf.device_sessions drop constraint device_sessions_workspace_id_fkey;
-- squawk-ignore constraint-missing-not-valid, adding-foreign-key-constraint
alter table sheaf.device_sessions add constraint device_sessions_workspace_id_fkey
  foreign key (workspace_id) references sheaf.workspaces on delete set null;
-- The way in that opened it, and the upstream's own session where that can end it (Clerk).
alter table sheaf.device_sessions add column provider text not null default 'password' check (length(provider) <= 40);
alter table sheaf.device_sessions add column upstream_session text check (length(upstream_session) <= 255);
create index device_sessions_upstream on sheaf.device_sessions (provider, upstream_session)
  where upstream_session is not null;

alter table sheaf.authorization_codes add column provider text not null default 'password' check (length(provider) <= 40);
alter table sheaf.browser_sessions add column provider text not null default 'password' check (length(provider) <= 40);

-- A person is at an upstream. The flow's secrets (state, nonce, PKCE verifier) are derived from a token that only the browser's
-- cookie holds; this is its hash.
create table sheaf.upstream_flows (
  flow_hash bytea primary key,
  provider text not null check (length(provider) <= 40),
  purpose text not null check (purpose in ('sign_in', 'link')),
  -- Who links; null for a sign-in.
  user_id uuid references sheaf.users on delete cascade,
  -- Where the person goes afterwards: one of our own addresses, or for a link the client's redirect. Sealed under a key made of that
  -- token, because an invitation's address is as good as a key: what is in this table joins nobody to anything.
  destination_jwe text not null check (length(destination_jwe) <= 6144),
  expires_at timestamptz not null,
  check ((purpose = 'link') = (user_id is not null))
);
create index upstream_flows_expiry on sheaf.upstream_flows (expires_at);

-- A signed-in person asked to link a way in: the address that a window may open once.
create table sheaf.link_tickets (
  ticket_hash bytea primary key,
  user_id uuid not null references sheaf.users on delete cascade,
  session_id uuid not null references sheaf.device_sessions on delete cascade,
  provider text not null check (length(provider) <= 40),
  redirect_uri text not null,
  state text not null check (length(state) <= 1024),
  expires_at timestamptz not null
);
create index link_tickets_expiry on sheaf.link_tickets (expires_at);

-- A letter was sent: a new account waits for its proof, a password is to be set anew, or an address is to be confirmed.
create table sheaf.email_challenges (
  id uuid primary key,
  purpose text not null check (purpose in ('sign_up', 'reset', 'confirm')),
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  -- null where nobody has this address: such a challenge can never succeed, and looks the same from outside.
  user_id uuid references sheaf.users on delete cascade,
  password_hash text,
  code_hash bytea not null,
  link_hash bytea not null,
  attempts integer not null default 0,
  confirmed_at timestamptz,
  used_at timestamptz,
  expires_at timestamptz not null
);
create unique index email_challenges_link on sheaf.email_challenges (link_hash);
create index email_challenges_expiry on sheaf.email_challenges (expires_at);

-- RFC 8628: a device without a browser waits until somebody allows it on another one.
create table sheaf.device_grants (
  device_code_hash bytea primary key,
  user_code_hash bytea not null,
  client_id text not null,
  device_id uuid not null,
  device_name text not null check (length(device_name) <= 120),
  status text not null default 'pending' check (status in ('pending', 'approved', 'denied', 'redeemed')),
  user_id uuid references sheaf.users on delete cascade,
  provider text check (length(provider) <= 40),
  interval_seconds integer not null default 5,
  last_polled_at timestamptz,
  expires_at timestamptz not null
);
create unique index device_grants_user_code on sheaf.device_grants (user_code_hash);
create index device_grants_expiry on sheaf.device_grants (expires_at);

-- An invitation by link: for one person, one role, one time.
create table sheaf.workspace_invites (
  workspace_id uuid not null references sheaf.workspaces on delete cascade,
  id uuid not null,
  role text not null check (role in ('admin', 'member', 'viewer')),
  token_hash bytea not null,
  invited_by uuid references sheaf.users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_by uuid references sheaf.users on delete set null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create unique index workspace_invites_token on sheaf.workspace_invites (token_hash);

-- The key under which a device seals what it could not send before its person signed out (ID-8).
create table sheaf.device_keys (
  user_id uuid not null references sheaf.users on delete cascade,
  device_id uuid not null,
  key_jwe text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, device_id)
);

-- Webhooks taken in, by the sender's message id: a repeated one is answered and not acted on again.
create table sheaf.inbound_messages (
  source text not null check (length(source) <= 40),
  message_id text not null check (length(message_id) <= 255),
  received_at timestamptz not null default now(),
  primary key (source, message_id)
);

-- Accounts that are gone at their upstream (nobody comes back by one), and accounts there whose person left or removed them here (they
-- come back by signing in, and by nothing that the upstream tells of them). A late "updated" must not bring either back. Hashes,
-- because nothing of the person may stay.
create table sheaf.deleted_accounts (
  account_hash bytea primary key,
  deleted_at timestamptz not null default now(),
  cause text not null default 'upstream' check (cause in ('upstream', 'person'))
);

-- What was removed with an account, in numbers; names nobody.
create table sheaf.deletion_receipts (
  id uuid primary key,
  requested_at timestamptz not null,
  finished_at timestamptz,
  counts jsonb not null default '{}',
  -- At which providers access was taken back, or is to be taken back by hand: no account there is named.
  grants jsonb not null default '[]'
);
-- Set when a person has asked for it, and gone with the person: what was cut off in the middle is found by it and finished.
alter table sheaf.users add column deletion_id uuid;
create index users_deletion on sheaf.users (deletion_id) where deletion_id is not null;

grant select, insert, update, delete on
  sheaf.upstream_flows, sheaf.link_tickets, sheaf.email_challenges, sheaf.device_grants, sheaf.workspace_invites,
  sheaf.device_keys, sheaf.inbound_messages, sheaf.deleted_accounts, sheaf.deletion_receipts
  to sheaf_identity;

alter table sheaf.workspace_invites enable row level security;
alter table sheaf.workspace_invites force row level security;
create policy workspace_invites_identity on sheaf.workspace_invites to sheaf_identity using (true) with check (true);

-- Preferences of a person, the same in every workspace and on every device (ACC-5).
create table sheaf.user_settings (
  user_id uuid primary key default sheaf.current_user_id() references sheaf.users on delete cascade,
  version bigint not null default 1,
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  updated_at timestamptz not null default now()
);
alter table sheaf.user_settings enable row level security;
alter table sheaf.user_settings force row level security;
create policy user_settings_select on sheaf.user_settings for select to sheaf_api
  using (user_id = (select sheaf.current_user_id()));
create policy user_settings_insert on sheaf.user_settings for insert to sheaf_api
  with check (user_id = (select sheaf.current_user_id()));
create policy user_settings_update on sheaf.user_settings for update to sheaf_api
  using (user_id = (select sheaf.current_user_id())) with check (user_id = (select sheaf.current_user_id()));
grant select, insert on sheaf.user_settings to sheaf_api;
grant update (version, settings, updated_at) on sheaf.user_settings to sheaf_api;

-- Changes of members, roles and invitations are audited like records, by the role that makes them.
grant insert on sheaf.audit_log to sheaf_identity;
create policy audit_log_identity on sheaf.audit_log for insert to sheaf_identity with check (true);

-- Whoever leaves for good leaves their workspaces' records behind, under an owner id that is nobody's any more.
alter table sheaf.connections drop constraint connections_owner_id_fkey;
alter table sheaf.targets drop constraint targets_owner_id_fkey;
alter table sheaf.records drop constraint records_owner_id_fkey;

-- A new function is everybody's unless somebody says otherwise. These read settings and no table; still, whoever may call one is named.
alter default privileges revoke execute on functions from public;
revoke execute on all functions in schema sheaf from public;
grant execute on function sheaf.current_workspace(), sheaf.current_user_id(), sheaf.current_app_role()
  to sheaf_api, sheaf_identity;

-- Whoever leaves for good takes their credentials out of workspaces too that they are no member of any more: where those are is read
-- across tenants, and nothing else of a connection.
grant select (workspace_id, id, owner_id) on sheaf.connections to sheaf_service;
create policy connections_of_leaver on sheaf.connections for select to sheaf_service using (true);
