import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import type { RouteDeps } from "../app-deps.ts";

const retryAfterSeconds = 1;

/** Requests can be served: the database answers under the roles that migrations made. 503 until then. */
export function getReadyz({ readiness, database, log }: RouteDeps) {
	return new Elysia().get(
		"/readyz",
		async () => {
			try {
				await (readiness ?? database.ping)();
			} catch (error) {
				log.warn({ err: error }, "not ready");
				throw new SheafError("server/unavailable", "The database does not answer yet.", {
					details: { retryAfterSeconds },
				});
			}
			return { status: "ready" as const };
		},
		{
			response: Type.Object({ status: Type.Literal("ready") }),
			detail: { tags: ["health"], summary: "The backend can serve requests" },
		},
	);
}
