-- Records, the operations that made them, and what is still to be delivered. PostgreSQL is the truth; the queue is a doorbell.
-- Each foreign key costs a look-up per row written. The tables a batch writes beside `records` have only those that are not
-- implied: a delivery reaches its workspace through its target, and who owns a row is what the insert policy has checked.

create table sheaf.records (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id() references sheaf.users,
  id uuid not null,
  kind text not null check (length(kind) <= 40),
  version integer not null check (version >= 1),
  captured_at timestamptz not null,
  source jsonb not null,
  fields jsonb not null,
  -- SHA-256 of what the client sent, so that the same id and version with other content is refused (promise I2).
  content_hash bytea not null,
  target_id uuid,
  -- The values of the target's match key, joined; null while there is no target or a value is missing.
  match_key text,
  superseded_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete set null (target_id),
  foreign key (workspace_id, superseded_by) references sheaf.records (workspace_id, id)
    on delete set null (superseded_by)
);
-- Without the id: with it the planner takes this index for look-ups by id and skips through all of it.
create index records_updated on sheaf.records (workspace_id, updated_at);
-- Not partial: deleting a target looks up its records too, those without a match key as well.
create index records_match_key on sheaf.records (workspace_id, target_id, match_key);
create index records_superseded on sheaf.records (workspace_id, superseded_by) where superseded_by is not null;

-- OUT-3: what has been accepted, by the client's operation id. A second arrival answers `duplicate`.
create table sheaf.operations (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null,
  kind text not null,
  record_id uuid not null,
  -- The highest version that a removal took: a put that comes later and is not newer brings nothing back (promise I4).
  removed_version integer,
  content_hash bytea not null,
  received_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index operations_removals on sheaf.operations (workspace_id, record_id, removed_version)
  where removed_version is not null;

-- One row per record that has a target. The engine claims it with a lease; results are written guarded by the epoch.
create table sheaf.deliveries (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  record_id uuid not null,
  -- Who shares an order and a request budget: '<connection id>/<container id>'.
  lane text not null,
  state text not null default 'pending' check (state in ('pending', 'delivering', 'delivered', 'needs_you')),
  version integer not null,
  match_key text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_owner uuid,
  lease_until timestamptz,
  lease_epoch bigint not null default 0,
  delivered_version integer,
  delivered_at timestamptz,
  remote_id text,
  remote_url text,
  problem jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, target_id, record_id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade,
  foreign key (workspace_id, record_id) references sheaf.records (workspace_id, id) on delete cascade,
  check ((state = 'delivering') = (lease_until is not null))
);
create index deliveries_record on sheaf.deliveries (workspace_id, record_id);
-- A claim takes one target's oldest due rows; the sweep asks each active target whether it has any.
create index deliveries_due on sheaf.deliveries (workspace_id, target_id, next_attempt_at, record_id)
  where state in ('pending', 'delivering');
-- Two upserts of one match key in flight at once could both create: only one may hold a lease.
create unique index deliveries_one_in_flight on sheaf.deliveries (workspace_id, target_id, match_key)
  where state = 'delivering';

-- Promise I8: one row per delivery attempt, opened with the claim and closed with the outcome. One that was cut off is closed
-- 'unknown' by the next lease epoch.
create table sheaf.delivery_attempts (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  record_id uuid not null,
  lease_epoch bigint not null,
  version integer not null,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  outcome text check (outcome in ('delivered', 'later', 'reconnect', 'refused', 'mend_target', 'unknown')),
  reason text,
  primary key (workspace_id, target_id, record_id, lease_epoch),
  check ((closed_at is null) = (outcome is null))
);
-- The few that are open, which is what claims and results look for.
create index delivery_attempts_open on sheaf.delivery_attempts (workspace_id, target_id, record_id)
  where closed_at is null;

-- Every accepted change, once, in the transaction that made it. The API's role can add and read, never change.
create table sheaf.audit_log (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  at timestamptz not null default now(),
  session_id uuid,
  action text not null,
  subject_type text not null,
  subject_id uuid not null,
  outcome text not null,
  before_hash bytea,
  after_hash bytea,
  primary key (workspace_id, id)
);
-- Ids are made by uuidv7(), so the primary key lists a workspace's rows by time too.
create index audit_log_subject on sheaf.audit_log (workspace_id, subject_id, at);

-- The engine's pace per provider budget (SYNC-4), shared by all workers. Holds no tenant data.
create table sheaf.provider_budgets (
  scope text primary key,
  next_free_at timestamptz not null,
  blocked_until timestamptz not null default '-infinity'
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['records', 'operations', 'deliveries', 'delivery_attempts', 'audit_log'] loop
    execute format('alter table sheaf.%I enable row level security', tenant_table);
    execute format('alter table sheaf.%I force row level security', tenant_table);
    execute format($policy$
      create policy %1$s_select on sheaf.%1$I for select to sheaf_api
        using (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_insert on sheaf.%1$I for insert to sheaf_api
        with check (workspace_id = (select sheaf.current_workspace())
          and (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member')
            or (select sheaf.current_app_role()) = 'worker'))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_update on sheaf.%1$I for update to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
        with check (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_delete on sheaf.%1$I for delete to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$, tenant_table);
  end loop;
end
$$;

grant select, insert, delete on sheaf.records, sheaf.deliveries to sheaf_api;
grant update (kind, version, captured_at, source, fields, content_hash, target_id, match_key, superseded_by, updated_at)
  on sheaf.records to sheaf_api;
grant update (lane, state, version, match_key, attempts, next_attempt_at, lease_owner, lease_until, lease_epoch,
  delivered_version, delivered_at, remote_id, remote_url, problem, updated_at) on sheaf.deliveries to sheaf_api;
grant select, insert on sheaf.operations, sheaf.delivery_attempts, sheaf.audit_log to sheaf_api;
grant update (closed_at, outcome, reason) on sheaf.delivery_attempts to sheaf_api;

-- The sweep sees which lanes are due, over all tenants, and no content.
grant select (workspace_id, target_id, lane, state, next_attempt_at, lease_until) on sheaf.deliveries to sheaf_service;
create policy deliveries_sweep on sheaf.deliveries for select to sheaf_service using (true);
grant select (workspace_id, id, status) on sheaf.targets to sheaf_service;
create policy targets_sweep on sheaf.targets for select to sheaf_service using (true);
grant select, insert, update on sheaf.provider_budgets to sheaf_service;
