-- What happens to delivered rows at their destination is noticed (SYNC-6): by the provider's notices where it sends some, by looking else.

alter table sheaf.deliveries
  add column remote_state text check (remote_state in ('changed', 'gone')),
  add column remote_checked_at timestamptz,
  add column remote_changed_at timestamptz,
  -- When the row is looked at next, once it is delivered; null: nobody looks. Rows that were delivered before this are due at once.
  add column remote_look_at timestamptz default now(),
  -- Fingerprints as read of the cells that a destination keeps in another form than they are sent in.
  add column remote_seen jsonb check (remote_seen is null or jsonb_typeof(remote_seen) = 'object');
grant update (remote_state, remote_checked_at, remote_changed_at, remote_look_at, remote_seen) on sheaf.deliveries to sheaf_api;
create index deliveries_look on sheaf.deliveries (workspace_id, target_id, remote_look_at)
  where state = 'delivered' and remote_look_at is not null;
-- A notice names rows by the provider's ids.
create index deliveries_remote on sheaf.deliveries (workspace_id, target_id, remote_id) where remote_id is not null;
-- Which targets have rows to look at is found over all tenants; no content.
grant select (remote_look_at) on sheaf.deliveries to sheaf_service;
grant select (connection_id, container_id) on sheaf.targets to sheaf_service;
grant select (id, provider) on sheaf.connections to sheaf_service;

-- How a provider tells of changed rows: one for each container of a connection (opened there by Sheaf), or one for the account (set up by
-- the operator; `container_id` is empty then).
create table sheaf.watches (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  connection_id uuid not null,
  provider text not null check (length(provider) <= 40),
  container_id text not null,
  -- 'waiting': not there yet, or given up for a while; 'open': notices come.
  state text not null default 'waiting' check (state in ('waiting', 'open')),
  -- The provider's id of it, or what its notices call the account.
  remote_id text,
  -- { "secret" } under the vault; the provider told it once.
  secret_jwe text,
  cursor text,
  expires_at timestamptz,
  -- Told of something that has not been fetched yet.
  noticed boolean not null default false,
  failures integer not null default 0,
  -- When it is opened, renewed or fetched from next. Whoever moves it does so, and nobody else.
  next_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, connection_id) references sheaf.connections (workspace_id, id) on delete cascade
);
create unique index watches_place on sheaf.watches (workspace_id, connection_id, container_id);
create index watches_due on sheaf.watches (workspace_id, next_at);

alter table sheaf.watches enable row level security;
alter table sheaf.watches force row level security;
create policy watches_select on sheaf.watches for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));
create policy watches_insert on sheaf.watches for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace())
    and (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member')
      or (select sheaf.current_app_role()) = 'worker'));
create policy watches_update on sheaf.watches for update to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
  with check (workspace_id = (select sheaf.current_workspace()));
create policy watches_delete on sheaf.watches for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'));
grant select, insert, delete on sheaf.watches to sheaf_api;
grant update (state, remote_id, secret_jwe, cursor, expires_at, noticed, failures, next_at, updated_at) on sheaf.watches to sheaf_api;

-- Whose turn it is, and whose account a notice is about, over all tenants: ids and moments, no secret.
grant select (workspace_id, id, connection_id, provider, container_id, state, remote_id, noticed, next_at) on sheaf.watches to sheaf_service;
create policy watches_sweep on sheaf.watches for select to sheaf_service using (true);
