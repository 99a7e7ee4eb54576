-- Pages are told of selections and their runs (LIVE-1), and a selection outlives its target: it pauses until it is given another one.

create trigger tell_new after insert on sheaf.selections referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('selections', 'id');
create trigger tell_changed after update on sheaf.selections referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('selections', 'id', 'name', 'target_id', 'filter', 'search', 'columns', 'mode',
    'row_ids', 'gone', 'frequency', 'schedule', 'paused', 'problem', 'next_run_at');
create trigger tell_gone after delete on sheaf.selections referencing old table as old_rows
  for each statement execute function sheaf.tell_changes('selections', 'id');

-- Once for each page of a run, which is told as 500 records at a time anyway.
create trigger tell_new after insert on sheaf.selection_runs referencing new table as new_rows
  for each statement execute function sheaf.tell_changes('selections', 'selection_id');
create trigger tell_changed after update on sheaf.selection_runs referencing old table as old_rows new table as new_rows
  for each statement execute function sheaf.tell_changes('selections', 'selection_id', 'status', 'pages', 'problem');

-- A row that is gone at its source and was kept at the destination is forgotten: nothing else deletes one by itself.
create trigger tell_gone after delete on sheaf.source_rows referencing old table as old_rows
  for each statement execute function sheaf.tell_changes('selections', 'selection_id');

-- What was picked, how and when is a person's work, and is not lost with the table that it went to.
-- None is empty before a target goes, and by then the server knows of it.
-- squawk-ignore ban-drop-not-null
alter table sheaf.selections alter column target_id drop not null;
alter table sheaf.selections drop constraint selections_workspace_id_target_id_fkey;
alter table sheaf.selections add constraint selections_workspace_id_target_id_fkey
  foreign key (workspace_id, target_id) references sheaf.targets (workspace_id, id) on delete set null (target_id) not valid;
grant update (target_id) on sheaf.selections to sheaf_api;

-- The few rows of a selection that could not be taken in are found without looking at the others.
-- squawk-ignore require-concurrent-index-creation
create index source_rows_failed on sheaf.source_rows (workspace_id, selection_id, external_id) where problem is not null;
