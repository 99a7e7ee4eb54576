-- Telling costs the writing less: 500 new records are told in half the time.

-- As before, but who, where and when are found out once for a statement instead of by a column's default for each row, and what this
-- transaction has told already (a record and its delivery are the same to tell) is left out before it is inserted instead of refused
-- there: two transactions never meet in this table, so that nothing is left to conflict with.
create or replace function sheaf.tell_changes() returns trigger language plpgsql as $body$
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
    'insert into sheaf.changes (workspace_id, owner_id, changed_by, settled_before, subject, subject_id)
      select (select sheaf.current_workspace()), (select sheaf.current_user_id()), (select pg_current_xact_id()),
        (select pg_snapshot_xmin(pg_current_snapshot())), %1$L, touched.id
      from (select distinct n.%2$I as id from %3$I n %4$s where n.workspace_id = (select sheaf.current_workspace())) touched
      where not exists (
        select from sheaf.changes c where c.workspace_id = (select sheaf.current_workspace())
          and c.changed_by = (select pg_current_xact_id()) and c.subject = %1$L and c.subject_id = touched.id)',
    tg_argv[0], tg_argv[1], changed, narrowed);
  get diagnostics told = row_count;
  if told > 0 then perform pg_notify('sheaf_changes', sheaf.current_workspace()::text); end if;
  return null;
end
$body$;
