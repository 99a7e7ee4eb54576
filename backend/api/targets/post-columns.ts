import { Elysia } from "elysia";
import { ColumnsCreate, ColumnsCreated } from "../../contract/targets.ts";
import { createColumns } from "../../targets/create-columns.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function postTargetColumns(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("targets:write"))
		.post("/api/v1/targets/columns", ({ principal, body }) => createColumns(deps, principal, body), {
			body: ColumnsCreate,
			response: ColumnsCreated,
			detail: protectedDetail("targets", "Add columns to a table"),
		});
}
