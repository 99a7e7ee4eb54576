-- A note of bytes to remove leads back to nobody: it may outlive the person whose workspace went.

create or replace function sheaf.remove_bytes() returns trigger language plpgsql as $body$
begin
  insert into sheaf.blob_removals (workspace_id, owner_id, upload_id, due_at)
  select o.workspace_id, coalesce(sheaf.current_user_id(), '00000000-0000-0000-0000-000000000000'), o.upload_id,
    case when o.stored_at is null then now() + interval '1 hour' else now() end
  from old_rows o;
  return null;
end
$body$;
