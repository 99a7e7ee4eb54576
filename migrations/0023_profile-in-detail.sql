-- What tells a chosen account from others of its name (for Amazon region, country, currency and number) stands where the connection is shown.

alter table sheaf.connections
  -- As the provider's words were when it was chosen. Null: chosen before this was kept.
  add column profile_detail text check (length(profile_detail) <= 400);

grant update (profile_detail) on sheaf.connections to sheaf_api;
