import type { RouteModule } from "./app-deps.ts";

/** Every route module of the API, one line each. The route walk test reads the result from /openapi.json. */
export const routes: readonly RouteModule[] = [];
