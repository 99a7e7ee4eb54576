-- What people know of a site's pages (CAP-4): recipes, shared by a workspace, every version of them kept.

create table sheaf.recipes (
  workspace_id uuid not null default sheaf.current_workspace() references sheaf.workspaces on delete cascade,
  owner_id uuid not null default sheaf.current_user_id(),
  id uuid not null,
  -- The one in use. Its content is in `recipe_versions`, once.
  version integer not null default 1,
  -- Kept for a while, so that a deletion can be undone.
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index recipes_updated on sheaf.recipes (workspace_id, updated_at);

create table sheaf.recipe_versions (
  workspace_id uuid not null default sheaf.current_workspace(),
  owner_id uuid not null default sheaf.current_user_id(),
  recipe_id uuid not null,
  version integer not null,
  -- { "name", "host", "path", "kind", "fields" } as the contract's `RecipeSettings` has it.
  recipe jsonb not null check (jsonb_typeof(recipe) = 'object'),
  restored_from integer,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, recipe_id, version),
  foreign key (workspace_id, recipe_id) references sheaf.recipes (workspace_id, id) on delete cascade
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['recipes', 'recipe_versions'] loop
    execute format('alter table sheaf.%I enable row level security', tenant_table);
    execute format('alter table sheaf.%I force row level security', tenant_table);
    execute format($policy$
      create policy %1$s_select on sheaf.%1$I for select to sheaf_api
        using (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_insert on sheaf.%1$I for insert to sheaf_api
        with check (workspace_id = (select sheaf.current_workspace())
          and owner_id = (select sheaf.current_user_id()) and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$,
      tenant_table);
    execute format($policy$
      create policy %1$s_update on sheaf.%1$I for update to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member', 'worker'))
        with check (workspace_id = (select sheaf.current_workspace()))$policy$, tenant_table);
    execute format($policy$
      create policy %1$s_delete on sheaf.%1$I for delete to sheaf_api
        using (workspace_id = (select sheaf.current_workspace())
          and (select sheaf.current_app_role()) in ('owner', 'admin', 'member'))$policy$, tenant_table);
  end loop;
end
$$;

-- A version is never changed: there is no right to.
grant select, insert, delete on sheaf.recipes, sheaf.recipe_versions to sheaf_api;
grant update (version, deleted_at, updated_at) on sheaf.recipes to sheaf_api;
