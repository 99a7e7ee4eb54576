-- Rows that are picked from a source (J6): what was asked for, its runs, and one line per row and target for comparison (CON-5).

create table sheaf.selections (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  name text not null check (length(name) between 1 and 80),
  connection_id uuid not null,
  -- { "containerId", "tableId", "profileId"?, "keyColumn"? } and what it is called there.
  place jsonb not null check (jsonb_typeof(place) = 'object'),
  table_name text not null,
  -- The place as one text: selections of one table share what is known of its rows.
  source text not null check (length(source) <= 1000),
  filter jsonb not null default '[]' check (jsonb_typeof(filter) = 'array'),
  search text,
  -- Ids of the columns that travel; null: all.
  columns text[],
  mode text not null check (mode in ('all', 'chosen')),
  -- 'all': without these rows. 'chosen': these rows alone.
  row_ids text[] not null default '{}' check (cardinality(row_ids) <= 5000),
  target_id uuid not null,
  -- What is done about rows that are no longer there: nothing, or they are shown as gone.
  gone text not null default 'tell' check (gone in ('keep', 'tell')),
  frequency text not null default 'manual' check (frequency in ('manual', 'hourly', 'daily', 'weekly', 'cron')),
  schedule jsonb,
  paused boolean not null default false,
  problem jsonb,
  next_run_at timestamptz,
  last_run_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, connection_id) references sheaf.connections (workspace_id, id) on delete cascade,
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create index selections_connection on sheaf.selections (workspace_id, connection_id);
create index selections_target on sheaf.selections (workspace_id, target_id);
create index selections_due on sheaf.selections (workspace_id, next_run_at) where next_run_at is not null and not paused;

create table sheaf.selection_runs (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  selection_id uuid not null,
  cause text not null check (cause in ('manual', 'schedule')),
  status text not null default 'running' check (status in ('running', 'done', 'stopped', 'failed')),
  -- Where the listing is, moved in the transaction that takes the page in. Null: at its beginning.
  cursor text,
  -- Pages taken in; the first is 1. With `cursor` it tells whose page came second.
  pages integer not null default 0,
  -- Of the source, as far as it says so.
  total bigint,
  total_exact boolean not null default false,
  listed integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  gone integer not null default 0,
  failed integer not null default 0,
  problem jsonb,
  -- When the next page is asked for.
  next_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, selection_id) references sheaf.selections (workspace_id, id) on delete cascade
);
-- One run of a selection at a time.
create unique index selection_runs_running on sheaf.selection_runs (workspace_id, selection_id) where status = 'running';
create index selection_runs_selection on sheaf.selection_runs (workspace_id, selection_id, created_at);

create table sheaf.source_rows (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  target_id uuid not null,
  source text not null,
  external_id text not null check (length(external_id) <= 1000),
  record_id uuid not null,
  -- Of the record, as it was last taken in from here.
  version integer not null,
  content_hash bytea not null,
  -- The row's fields as they were seen last, for comparison.
  fields jsonb not null,
  -- Why it could not be taken in; null otherwise.
  problem jsonb,
  state text not null default 'present' check (state in ('present', 'gone')),
  -- Who saw it last: a row is gone when the selection that saw it last does not see it any more.
  selection_id uuid not null,
  run_id uuid not null,
  seen_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, target_id, source, external_id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create index source_rows_selection on sheaf.source_rows (workspace_id, selection_id, state, external_id);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['selections', 'source_rows'] loop
    execute format($policy$
      create policy %1$s_insert on sheaf.%1$I for insert to sheaf_api
        with check (workspace_id = (select sheaf.current_workspace())
          and owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$,
      tenant_table);
    execute format($policy$
      create policy %1$s_delete on sheaf.%1$I for delete to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$, tenant_table);
  end loop;
  foreach tenant_table in array array['selections', 'selection_runs', 'source_rows'] loop
    execute format('alter table sheaf.%I enable row level security', tenant_table);
    execute format('alter table sheaf.%I force row level security', tenant_table);
    execute format($policy$
      create policy %1$s_select on sheaf.%1$I for select to sheaf_api
        using (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_update on sheaf.%1$I for update to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
        with check (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
  end loop;
end
$$;
-- Runs are begun by the schedule, too, in the name of whoever made the selection; and old ones go then.
create policy selection_runs_insert on sheaf.selection_runs for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace())
    and (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member')
      or (select sheaf.current_app_role()) = 'worker'));
create policy selection_runs_delete on sheaf.selection_runs for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'));

grant select, insert, delete on sheaf.selections, sheaf.selection_runs, sheaf.source_rows to sheaf_api;
grant update (name, filter, search, columns, mode, row_ids, gone, frequency, schedule, paused, problem, next_run_at, last_run_at, updated_at)
  on sheaf.selections to sheaf_api;
grant update (status, cursor, pages, total, total_exact, listed, added, changed, unchanged, gone, failed, problem, next_at, updated_at,
  finished_at) on sheaf.selection_runs to sheaf_api;
grant update (record_id, version, content_hash, fields, problem, state, selection_id, run_id, seen_at, updated_at) on sheaf.source_rows to sheaf_api;

-- Which selections are due and which runs go on, over all tenants; no content.
grant select (workspace_id, id, next_run_at, paused) on sheaf.selections to sheaf_service;
create policy selections_sweep on sheaf.selections for select to sheaf_service using (true);
grant select (workspace_id, id, status, next_at) on sheaf.selection_runs to sheaf_service;
create policy selection_runs_sweep on sheaf.selection_runs for select to sheaf_service using (true);
