-- What was delivered and how long it took, counted as it happens: charts read hours and never walk through attempts (SYNC-8).

-- When this version of a delivery first was due; what it waited for a schedule or a person is not counted.
alter table sheaf.deliveries add column due_since timestamptz;
grant update (due_since) on sheaf.deliveries to sheaf_api;

create table sheaf.delivery_hours (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  -- UTC; days are put together in the zone of whoever looks.
  hour timestamptz not null,
  delivered integer not null default 0,
  refused integer not null default 0,
  -- Attempts that failed and are made again.
  retried integer not null default 0,
  -- How many deliveries took how long: counts between the bounds that backend/audit/wait-buckets.ts names.
  waits integer[] not null default '{}',
  primary key (workspace_id, target_id, hour),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create index delivery_hours_hour on sheaf.delivery_hours (workspace_id, hour);

-- Why attempts failed, by the reason's code.
create table sheaf.delivery_problems (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  hour timestamptz not null,
  code text not null check (length(code) <= 60),
  attempts integer not null,
  primary key (workspace_id, target_id, hour, code),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create index delivery_problems_hour on sheaf.delivery_problems (workspace_id, hour);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['delivery_hours', 'delivery_problems'] loop
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

grant select, insert, delete on sheaf.delivery_hours, sheaf.delivery_problems to sheaf_api;
grant update (delivered, refused, retried, waits) on sheaf.delivery_hours to sheaf_api;
grant update (attempts) on sheaf.delivery_problems to sheaf_api;
