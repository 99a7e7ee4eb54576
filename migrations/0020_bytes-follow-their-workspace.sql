-- What goes with its workspace is deleted by the tables' owner, who is held by row-level security too: it notes the bytes to remove, and nothing else.

create policy blob_removals_of_gone on sheaf.blob_removals for insert to sheaf_owner with check (true);

-- Without `on conflict`, which would have to be let see the rows; no upload goes twice.
create or replace function sheaf.remove_bytes() returns trigger language plpgsql as $body$
begin
  insert into sheaf.blob_removals (workspace_id, owner_id, upload_id, due_at)
  select o.workspace_id, coalesce(sheaf.current_user_id(), o.owner_id), o.upload_id,
    case when o.stored_at is null then now() + interval '1 hour' else now() end
  from old_rows o;
  return null;
end
$body$;
