import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { EventType, ZapierEvent } from "../../contract/events.ts";
import { sampleZapierEvents } from "../../events/sample-events.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

const SampleQuery = Type.Object({ event: Type.Optional(EventType) });

export function getZapierSample(deps: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get(
			"/api/v1/zapier/hooks/sample",
			({ principal, query }) => sampleZapierEvents(deps, principal, query.event ?? "record.delivered"),
			{
				query: SampleQuery,
				response: Type.Array(ZapierEvent),
				detail: protectedDetail("zapier", "What a Zap is set up with: events as it will get them, the newest first"),
			},
		);
}
