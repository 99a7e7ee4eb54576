-- What changed and by which transaction, so that open pages are told (LIVE-1) and a page that was away for a week learns what it missed.

-- Added to and swept, never changed: two transactions that change one record meet at the record itself, as before, and not here.
create table sheaf.changes (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  -- Transactions do not become visible in the order of their ids: readers ask `pg_visible_in_snapshot` (backend/live/README.md).
  changed_by xid8 not null default pg_current_xact_id(),
  -- Every transaction with a smaller id had ended by then: what they changed of this subject is told by this row too.
  settled_before xid8 not null default pg_snapshot_xmin(pg_current_snapshot()),
  -- A list that pages show: 'records', 'connections', 'targets', 'bulk_operations'.
  subject text not null check (length(subject) <= 40),
  subject_id uuid not null,
  changed_at timestamptz not null default now(),
  primary key (workspace_id, changed_by, subject, subject_id)
);

alter table sheaf.changes enable row level security;
alter table sheaf.changes force row level security;
create policy changes_select on sheaf.changes for select to sheaf_api
  using (workspace_id = (select sheaf.current_workspace()));
create policy changes_insert on sheaf.changes for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace()) and (
    (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))
    or (select sheaf.current_app_role()) = 'worker'));
create policy changes_update on sheaf.changes for update to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
  with check (workspace_id = (select sheaf.current_workspace()));
create policy changes_delete on sheaf.changes for delete to sheaf_api
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'));
grant select, insert, delete on sheaf.changes to sheaf_api;

-- Once per statement: a row of `changes` for each row it touched, and a ring with the workspace's id and nothing else, because every
-- role hears notifications. Arguments: the subject, the column with its id, and for updates the columns that are shown: a statement that
-- changes no value of theirs (a lease, a look at a row) tells nothing.
create function sheaf.tell_changes() returns trigger language plpgsql as $body$
declare
  told bigint;
  changed text := case tg_op when 'DELETE' then 'old_rows' else 'new_rows' end;
  narrowed text := '';
begin
  -- What goes with its workspace, or its target, is deleted by the table's owner; those who look are told of the workspace or target.
  if current_user <> 'sheaf_api' then return null; end if;
  if tg_op = 'UPDATE' then
    narrowed := format(
      'join old_rows o on o.workspace_id = n.workspace_id and o.%1$I = n.%1$I and (%2$s) is distinct from (%3$s)',
      tg_argv[1],
      (select string_agg(format('n.%I', shown), ', ') from unnest(tg_argv[2:]) as shown),
      (select string_agg(format('o.%I', shown), ', ') from unnest(tg_argv[2:]) as shown));
  end if;
  execute format(
    'insert into sheaf.changes (subject, subject_id)
      select distinct %1$L, n.%2$I from %3$I n %4$s where n.workspace_id = sheaf.current_workspace()
      on conflict do nothing', tg_argv[0], tg_argv[1], changed, narrowed);
  get diagnostics told = row_count;
  if told > 0 then perform pg_notify('sheaf_changes', sheaf.current_workspace()::text); end if;
  return null;
end
$body$;

create trigger tell_new after insert on sheaf.records referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('records', 'id');
create trigger tell_changed after update on sheaf.records referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('records', 'id', 'version', 'target_id', 'superseded_by', 'capture_id');
create trigger tell_gone after delete on sheaf.records referencing old table as old_rows
  for each statement execute function sheaf.tell_changes('records', 'id');

create trigger tell_new after insert on sheaf.deliveries referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('records', 'record_id');
create trigger tell_changed after update on sheaf.deliveries referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('records', 'record_id', 'state', 'version', 'delivered_version', 'remote_url',
    'problem', 'review', 'intent', 'before', 'remote_state', 'remote_changed_at', 'next_attempt_at');

create trigger tell_new after insert on sheaf.connections referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('connections', 'id');
create trigger tell_changed after update on sheaf.connections referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('connections', 'id', 'name', 'status', 'problem', 'account_label', 'way',
    'scopes', 'expires_at', 'profile_id', 'profile_name');
create trigger tell_gone after delete on sheaf.connections referencing old table as old_rows
  for each statement execute function sheaf.tell_changes('connections', 'id');

create trigger tell_new after insert on sheaf.targets referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('targets', 'id');
create trigger tell_changed after update on sheaf.targets referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('targets', 'id', 'name', 'status', 'problem', 'table_id', 'table_name', 'mapping',
    'constants', 'match_key', 'frequency', 'schedule', 'conflict_policy', 'field_policies', 'review', 'last_run_at');
create trigger tell_gone after delete on sheaf.targets referencing old table as old_rows
  for each statement execute function sheaf.tell_changes('targets', 'id');

create trigger tell_new after insert on sheaf.bulk_operations referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('bulk_operations', 'id');
create trigger tell_changed after update on sheaf.bulk_operations referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('bulk_operations', 'id', 'status', 'done', 'failed', 'total');

-- Whoever listens for somebody looks at once whether they may still: at a sign-out, another role, a removal. The payload is the person.
create function sheaf.tell_standing() returns trigger language plpgsql as $body$
begin
  perform pg_notify('sheaf_standing', old.user_id::text);
  return null;
end
$body$;

create trigger tell_standing_ended after update of revoked_at on sheaf.device_sessions
  for each row when (old.revoked_at is null and new.revoked_at is not null) execute function sheaf.tell_standing();
create trigger tell_standing_gone after delete on sheaf.device_sessions
  for each row when (old.revoked_at is null) execute function sheaf.tell_standing();
create trigger tell_standing_role after update of role on sheaf.workspace_members
  for each row when (old.role is distinct from new.role) execute function sheaf.tell_standing();
create trigger tell_standing_removed after delete on sheaf.workspace_members
  for each row execute function sheaf.tell_standing();
