-- How a target writes and when: conflict policies, constants, schedules, and its runs.

alter table sheaf.targets
  -- { "timeZone", "at"?, "weekday"?, "cron"? }; null for `on_capture` and `manual`.
  add column schedule jsonb check (schedule is null or jsonb_typeof(schedule) = 'object'),
  -- Column id → policy, where it is another one than the target's.
  add column field_policies jsonb not null default '{}' check (jsonb_typeof(field_policies) = 'object'),
  -- [{ "to": column id, "value": FieldValue }]
  add column constants jsonb not null default '[]' check (jsonb_typeof(constants) = 'array'),
  add column next_run_at timestamptz,
  add column last_run_at timestamptz;

-- Not validated, which would hold up readers: every row there kept a narrower rule.
alter table sheaf.targets drop constraint targets_frequency_check;
alter table sheaf.targets add constraint targets_frequency_check
  check (frequency in ('on_capture', 'manual', 'hourly', 'daily', 'weekly', 'cron')) not valid;
alter table sheaf.targets drop constraint targets_conflict_policy_check;
alter table sheaf.targets add constraint targets_conflict_policy_check
  check (conflict_policy in ('overwrite', 'fill_empty', 'keep_remote', 'newest_wins', 'ask')) not valid;

grant update (schedule, field_policies, constants, next_run_at, last_run_at) on sheaf.targets to sheaf_api;
grant select (frequency, schedule, next_run_at) on sheaf.targets to sheaf_service;

-- While a delivery asks the person: the row there as it was read, and what they chose, which is remembered for this row. `base` has the
-- fingerprint of each cell we left there, so that our own earlier value is not taken for somebody's change.
alter table sheaf.deliveries
  add column conflict jsonb,
  add column decision jsonb,
  add column base jsonb;
grant update (conflict, decision, base) on sheaf.deliveries to sheaf_api;

-- One execution of a target's sync. `scheduled_for` makes a second run for one moment impossible, whoever is woken twice.
create table sheaf.runs (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null default uuidv7(),
  target_id uuid not null,
  cause text not null check (cause in ('manual', 'schedule', 'trigger', 'bulk')),
  scheduled_for timestamptz,
  queued integer not null default 0,
  started_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete cascade
);
create unique index runs_moment on sheaf.runs (workspace_id, target_id, scheduled_for);
create index runs_target on sheaf.runs (workspace_id, target_id, started_at);

alter table sheaf.runs enable row level security;
alter table sheaf.runs force row level security;
create policy runs_select on sheaf.runs for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));
create policy runs_insert on sheaf.runs for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace())
    and (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member')
      or (select sheaf.current_app_role()) = 'worker'));
create policy runs_update on sheaf.runs for update to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
  with check (workspace_id = (select sheaf.current_workspace()));
create policy runs_delete on sheaf.runs for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'));
grant select, insert, delete on sheaf.runs to sheaf_api;
grant update (queued) on sheaf.runs to sheaf_api;
