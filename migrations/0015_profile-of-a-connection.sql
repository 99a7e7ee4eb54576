-- One login may reach several accounts (ACC-1): which of them a connection works with.

alter table sheaf.connections
  -- The connector's own id of it, and what it was called when it was chosen. Null: none is chosen, or there are none to choose among.
  add column profile_id text check (length(profile_id) between 1 and 200),
  add column profile_name text check (length(profile_name) between 1 and 200),
  add constraint connections_profile_named check ((profile_id is null) = (profile_name is null)) not valid;

grant update (profile_id, profile_name) on sheaf.connections to sheaf_api;
