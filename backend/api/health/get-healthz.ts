import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";

/** The process is there. Says nothing of what it needs, so that a database that is away does not get it restarted. */
export function getHealthz() {
	return new Elysia().get("/healthz", () => ({ status: "ok" as const }), {
		response: Type.Object({ status: Type.Literal("ok") }),
		detail: { tags: ["health"], summary: "The process runs" },
	});
}
