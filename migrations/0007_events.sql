-- What happens, told to whoever asked (SYNC-7): signed events out, signed triggers in.

-- An address that hears of events: a person's own endpoint, or a Zap that subscribed. A Zap's address is its only credential.
create table sheaf.event_hooks (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null,
  kind text not null check (kind in ('webhook', 'zapier')),
  -- { "url", "secret"? } under the vault; `shown` is what a page may say of it.
  address_jwe text not null,
  shown text not null check (length(shown) <= 200),
  event_types text[] not null,
  target_id uuid,
  status text not null default 'active' check (status in ('active', 'paused')),
  problem jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create index event_hooks_updated on sheaf.event_hooks (workspace_id, updated_at);

-- Written in the transaction that made it happen; deliveries to hooks hang on it.
create table sheaf.events (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  type text not null check (length(type) <= 60),
  subject_id uuid not null,
  -- Ids, states and codes; what was captured is read when it is sent.
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

create table sheaf.event_deliveries (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  hook_id uuid not null,
  event_id uuid not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'given_up')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_answer text,
  delivered_at timestamptz,
  primary key (workspace_id, hook_id, event_id),
  foreign key (workspace_id, hook_id) references sheaf.event_hooks (workspace_id, id) on delete cascade,
  foreign key (workspace_id, event_id) references sheaf.events (workspace_id, id) on delete cascade
);
create index event_deliveries_event on sheaf.event_deliveries (workspace_id, event_id);
create index event_deliveries_due on sheaf.event_deliveries (workspace_id, hook_id, next_attempt_at) where state = 'pending';

-- The inbound trigger of a target: a public address whose messages are signed.
create table sheaf.target_triggers (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  -- The last part of its address, after the workspace's id; opens nothing without the secret.
  public_id text not null,
  secret_jwe text not null,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, target_id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create unique index target_triggers_address on sheaf.target_triggers (workspace_id, public_id);

-- Which messages came already, inside the replay window.
create table sheaf.trigger_messages (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  message_id text not null check (length(message_id) <= 200),
  received_at timestamptz not null default now(),
  primary key (workspace_id, target_id, message_id)
);
create index trigger_messages_age on sheaf.trigger_messages (workspace_id, received_at);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['event_hooks', 'events', 'event_deliveries', 'target_triggers', 'trigger_messages'] loop
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
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'%2$s))$policy$, tenant_table,
      -- What is past its time is swept away by the worker.
      case when tenant_table in ('events', 'trigger_messages') then ', ''worker''' else '' end);
  end loop;
end
$$;

grant select, insert, delete on
  sheaf.event_hooks, sheaf.events, sheaf.event_deliveries, sheaf.target_triggers, sheaf.trigger_messages to sheaf_api;
grant update (address_jwe, shown, event_types, status, problem, updated_at) on sheaf.event_hooks to sheaf_api;
grant update (state, attempts, next_attempt_at, last_answer, delivered_at) on sheaf.event_deliveries to sheaf_api;
grant update (public_id, secret_jwe, last_used_at) on sheaf.target_triggers to sheaf_api;
grant update (data) on sheaf.events to sheaf_api;
grant update (received_at) on sheaf.trigger_messages to sheaf_api;

-- Which hooks have something due, over all tenants; no content.
grant select (workspace_id, hook_id, state, next_attempt_at) on sheaf.event_deliveries to sheaf_service;
create policy event_deliveries_sweep on sheaf.event_deliveries for select to sheaf_service using (true);
