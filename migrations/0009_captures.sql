-- What happens after a capture: one capture in several targets, taking it back (undo), and holding records for review.

-- One capture may be several records, one per target: the id they share.
alter table sheaf.records add column capture_id uuid;
create index records_capture on sheaf.records (workspace_id, capture_id) where capture_id is not null;
grant update (capture_id) on sheaf.records to sheaf_api;

alter table sheaf.deliveries
  -- What is to happen at the destination: the record is put there, its row is removed, or the row gets back the cells it had.
  add column intent text not null default 'put' check (intent in ('put', 'remove', 'restore')),
  -- { "version", "remoteId", "cells" }: the row as it was right before this version was written; `cells` null: there was none. For
  -- undo, and wiped once `undo_until` has passed: the cells of rows do not lie around.
  add column before jsonb check (before is null or jsonb_typeof(before) = 'object'),
  add column undo_until timestamptz,
  -- 'waiting': nothing goes out before somebody has approved it.
  add column review text check (review in ('waiting', 'approved')),
  -- When its version was accepted, which no retry and no run changes.
  add column accepted_at timestamptz not null default now();
grant update (intent, before, undo_until, review, accepted_at) on sheaf.deliveries to sheaf_api;
create index deliveries_review on sheaf.deliveries (workspace_id, target_id) where review = 'waiting';
create index deliveries_undo on sheaf.deliveries (workspace_id, undo_until) where undo_until is not null;
-- The sweep finds which workspaces have something to wipe, over all tenants, and no content.
grant select (undo_until) on sheaf.deliveries to sheaf_service;

-- Hold for review.
alter table sheaf.targets add column review boolean not null default false;
grant update (review) on sheaf.targets to sheaf_api;

-- The engine removes a record once it has been taken back at its destination.
alter policy records_delete on sheaf.records
  using (workspace_id = (select sheaf.current_workspace())
    and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'));
