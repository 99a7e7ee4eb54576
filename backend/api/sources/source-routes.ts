import type { RouteModule } from "../app-deps.ts";
import { getSourceSchema } from "./get-schema.ts";
import { getSources } from "./list-sources.ts";
import { getSourceTables } from "./list-tables.ts";
import { postSourceRows } from "./post-rows.ts";

/** Every route about sources, for `routes.ts`. */
export const sourceRoutes: readonly RouteModule[] = [getSources, getSourceTables, getSourceSchema, postSourceRows];
