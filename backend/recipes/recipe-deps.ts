import type { AsTenant } from "../db/as-tenant.ts";

export type RecipeDeps = { database: { asTenant: AsTenant } };
