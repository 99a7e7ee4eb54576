-- Pictures and files by their hash (BLOB-1): what is known of them, who has them, and their bytes on the way to the store.

create table sheaf.blobs_meta (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  -- SHA-256 of the bytes, base64url.
  sha256 text not null check (sha256 ~ '^[A-Za-z0-9_-]{43}$'),
  byte_size bigint not null check (byte_size > 0),
  media_type text not null check (length(media_type) <= 100),
  -- With the workspace it is the key in the store. An upload that begins anew has another one: what is removed late is never what came since.
  upload_id uuid not null default uuidv7(),
  received_bytes bigint not null default 0,
  stored_at timestamptz,
  -- When a device last said that it has it, or a part came.
  touched_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, sha256),
  unique (workspace_id, upload_id)
);
create index blobs_meta_touched on sheaf.blobs_meta (workspace_id, touched_at);

-- Only until the whole is verified and in the store.
create table sheaf.blob_parts (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  upload_id uuid not null,
  starts_at bigint not null,
  bytes bytea not null,
  primary key (workspace_id, upload_id, starts_at),
  foreign key (workspace_id, upload_id) references sheaf.blobs_meta (workspace_id, upload_id) on delete cascade on update cascade
);
-- Pictures are compressed already.
alter table sheaf.blob_parts alter column bytes set storage external;

create table sheaf.device_blobs (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  sha256 text not null,
  -- As in `device_sessions`, and what it is called there.
  device_id uuid not null,
  device_name text not null check (length(device_name) <= 120),
  announced_at timestamptz not null default now(),
  primary key (workspace_id, sha256, device_id),
  foreign key (workspace_id, sha256) references sheaf.blobs_meta (workspace_id, sha256) on delete cascade
);
create index device_blobs_device on sheaf.device_blobs (workspace_id, device_id);

-- Keys in the store whose bytes are to be removed. It outlives the workspace, whose deletion is one of the reasons.
create table sheaf.blob_removals (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  upload_id uuid not null,
  due_at timestamptz not null default now(),
  primary key (workspace_id, upload_id)
);
create index blob_removals_due on sheaf.blob_removals (workspace_id, due_at);

-- However a blob goes, its bytes follow. Those of an unfinished one may be on their way into the store this moment: they are removed once no
-- writing can be under way any more.
create function sheaf.remove_bytes() returns trigger language plpgsql as $body$
begin
  insert into sheaf.blob_removals (workspace_id, owner_id, upload_id, due_at)
  select o.workspace_id, coalesce(sheaf.current_user_id(), o.owner_id), o.upload_id,
    case when o.stored_at is null then now() + interval '1 hour' else now() end
  from old_rows o
  on conflict (workspace_id, upload_id) do nothing;
  return null;
end
$body$;
create trigger remove_bytes after delete on sheaf.blobs_meta referencing old table as old_rows
  for each statement execute function sheaf.remove_bytes();

-- What waits for a picture, for whoever has brought it. (No index says which records have pictures: it would cost every write, and what
-- nothing refers to is looked for now and then.) No delivery is in it yet: whoever writes one meanwhile waits for a single pass over the table,
-- and nothing is sorted or written.
-- squawk-ignore require-concurrent-index-creation
create index deliveries_picture on sheaf.deliveries (workspace_id, record_id)
  where problem->>'code' in ('delivery/picture-waiting', 'delivery/picture-missing');

-- What a delivered record lacks at its destination, in words: nothing failed.
alter table sheaf.deliveries add column note jsonb;
grant update (note) on sheaf.deliveries to sheaf_api;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['blobs_meta', 'blob_parts', 'device_blobs'] loop
    execute format($policy$
      create policy %1$s_insert on sheaf.%1$I for insert to sheaf_api
        with check (workspace_id = (select sheaf.current_workspace())
          and owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$,
      tenant_table);
  end loop;
  foreach tenant_table in array array['blobs_meta', 'blob_parts', 'device_blobs', 'blob_removals'] loop
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
    execute format($policy$
      create policy %1$s_delete on sheaf.%1$I for delete to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))$policy$, tenant_table);
  end loop;
end
$$;
-- What nothing refers to any more is removed in nobody's name.
create policy blob_removals_insert on sheaf.blob_removals for insert to sheaf_api
  with check (workspace_id = (select sheaf.current_workspace())
    and (owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member')
      or (select sheaf.current_app_role()) = 'worker'));

grant select, insert, delete on sheaf.blobs_meta, sheaf.blob_parts, sheaf.device_blobs, sheaf.blob_removals to sheaf_api;
grant update (byte_size, media_type, upload_id, received_bytes, stored_at, touched_at) on sheaf.blobs_meta to sheaf_api;
grant update (device_name, announced_at) on sheaf.device_blobs to sheaf_api;
grant update (due_at) on sheaf.blob_removals to sheaf_api;

-- In which workspaces there is something to tidy up; no content.
grant select (workspace_id, touched_at, stored_at) on sheaf.blobs_meta to sheaf_service;
create policy blobs_meta_sweep on sheaf.blobs_meta for select to sheaf_service using (true);
grant select (workspace_id, due_at) on sheaf.blob_removals to sheaf_service;
create policy blob_removals_sweep on sheaf.blob_removals for select to sheaf_service using (true);
