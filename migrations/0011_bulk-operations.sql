-- Many records at once (SYNC-9): what was asked for, over which records, and how far it has come.

create table sheaf.bulk_operations (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('retry', 'resync', 'remap', 'move', 'delete')),
  -- { "filter": … } as it was asked, or { "ids": how many }; the records themselves are in `bulk_records`.
  selection jsonb not null check (jsonb_typeof(selection) = 'object'),
  -- Every target whose records it touches: two operations never work on one target at once.
  target_ids uuid[] not null,
  -- Where `move` leads. Null again when that target was deleted meanwhile.
  to_target_id uuid,
  -- `move`, `delete`: the rows at the destination go too.
  remote_rows boolean not null default false,
  status text not null default 'running' check (status in ('running', 'stopped', 'done')),
  total integer not null,
  -- Of `total`: handed over (the kinds that send), or done with.
  done integer not null default 0,
  failed integer not null default 0,
  -- The place in `bulk_records` up to which everything has been carried out, moved in the transaction that does it.
  cursor integer not null default 0,
  last_place integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, to_target_id) references sheaf.targets (workspace_id, id) on delete set null (to_target_id)
);
-- The few that run, which a start looks at; and a deleted target looks for its operations.
create index bulk_operations_running on sheaf.bulk_operations (workspace_id) where status = 'running';
create index bulk_operations_to_target on sheaf.bulk_operations (workspace_id, to_target_id) where to_target_id is not null;

-- The selection as it was at the start, each record once: what comes later is not in it. Without a foreign key to the record, because
-- `delete` takes the records away and its count stays.
create table sheaf.bulk_records (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  operation_id uuid not null,
  -- Its turn. What is on its way when its turn comes is put at the end.
  place integer not null,
  record_id uuid not null,
  -- Why nothing could be done with it; null otherwise.
  problem jsonb,
  primary key (workspace_id, operation_id, record_id),
  foreign key (workspace_id, operation_id) references sheaf.bulk_operations (workspace_id, id) on delete cascade
);
create unique index bulk_records_place on sheaf.bulk_records (workspace_id, operation_id, place);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['bulk_operations', 'bulk_records'] loop
    execute format('alter table sheaf.%I enable row level security', tenant_table);
    execute format('alter table sheaf.%I force row level security', tenant_table);
    execute format($policy$
      create policy %1$s_select on sheaf.%1$I for select to sheaf_api
        using (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_insert on sheaf.%1$I for insert to sheaf_api
        with check (workspace_id = (select sheaf.current_workspace())
          and owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$,
      tenant_table);
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

grant select, insert, delete on sheaf.bulk_operations, sheaf.bulk_records to sheaf_api;
grant update (target_ids, status, total, done, failed, cursor, last_place, updated_at, finished_at) on sheaf.bulk_operations to sheaf_api;
grant update (place, problem) on sheaf.bulk_records to sheaf_api;

-- A record that moves leaves its delivery behind, and the engine drops it once the row is gone.
alter policy deliveries_delete on sheaf.deliveries
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'));

-- Which operations run, over all tenants; no content.
grant select (workspace_id, id, status) on sheaf.bulk_operations to sheaf_service;
create policy bulk_operations_sweep on sheaf.bulk_operations for select to sheaf_service using (true);
