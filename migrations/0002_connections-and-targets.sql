-- External accounts and the tables records go to.

create table sheaf.connections (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id() references sheaf.users,
  id uuid not null,
  provider text not null check (length(provider) <= 40),
  name text not null check (length(name) between 1 and 80),
  account_id text not null,
  account_label text not null,
  scopes text[] not null default '{}',
  -- A JWE under the master key (its kid in the header); never leaves the backend.
  credential_jwe text not null,
  status text not null default 'healthy' check (status in ('healthy', 'revoked', 'failing', 'rate_limited')),
  problem jsonb,
  last_checked_at timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index connections_updated on sheaf.connections (workspace_id, updated_at);

create table sheaf.targets (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id() references sheaf.users,
  id uuid not null,
  connection_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  container_id text not null,
  container_name text not null,
  table_id text not null,
  table_name text not null,
  -- [{ "from": field name, "to": column id }]
  mapping jsonb not null,
  -- The mapped columns as discovery last saw them: TableField[].
  columns jsonb not null,
  match_key text[] not null check (cardinality(match_key) between 1 and 3),
  frequency text not null check (frequency in ('on_capture', 'manual')),
  conflict_policy text not null check (conflict_policy in ('overwrite')),
  status text not null default 'active' check (status in ('active', 'paused')),
  problem jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, connection_id) references sheaf.connections (workspace_id, id) on delete cascade
);
create index targets_updated on sheaf.targets (workspace_id, updated_at);
create index targets_connection on sheaf.targets (workspace_id, connection_id);

alter table sheaf.connections enable row level security;
alter table sheaf.connections force row level security;
create policy connections_select on sheaf.connections for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));
create policy connections_insert on sheaf.connections for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace()) and owner_id = (select sheaf.current_user_id())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'));
create policy connections_update on sheaf.connections for update to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
  with check (workspace_id = (select sheaf.current_workspace()));
create policy connections_delete on sheaf.connections for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'));

alter table sheaf.targets enable row level security;
alter table sheaf.targets force row level security;
create policy targets_select on sheaf.targets for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));
create policy targets_insert on sheaf.targets for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace()) and owner_id = (select sheaf.current_user_id())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'));
create policy targets_update on sheaf.targets for update to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
  with check (workspace_id = (select sheaf.current_workspace()));
create policy targets_delete on sheaf.targets for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'));

grant select, insert, delete on sheaf.connections, sheaf.targets to sheaf_api;
-- Who owns a row and which tenant it is in never changes, so those columns cannot be updated at all.
grant update (name, account_id, account_label, scopes, credential_jwe, status, problem, last_checked_at,
  last_success_at, updated_at) on sheaf.connections to sheaf_api;
grant update (name, container_name, table_name, mapping, columns, match_key, frequency, conflict_policy, status,
  problem, updated_at) on sheaf.targets to sheaf_api;
