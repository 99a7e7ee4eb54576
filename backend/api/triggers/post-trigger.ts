import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { TriggerTaken } from "../../contract/events.ts";
import { Uuid } from "../../contract/ids.ts";
import { SheafError } from "../../errors.ts";
import { takeTrigger } from "../../events/take-trigger.ts";
import { countHit, type RateLimit, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";

const TriggerParams = Type.Object({ workspaceId: Uuid, publicId: Type.String({ minLength: 1, maxLength: 60 }) });

/**
 * A signed message starts a target's run (SYNC-7). Outside /api/v1: nobody signs in here, the signature says who is speaking. Answered
 * 202 for a message that was taken before too, because its sender only wants to know that it arrived.
 */
export function postTrigger(deps: RouteDeps) {
	const count = async (limit: RateLimit, subject: string) => {
		const answer = await countHit(deps.identity, limit, subject);
		if (answer.ok) return;
		const { retryAfterSeconds } = answer;
		throw new SheafError("request/rate-limited", `Too many requests. Try again in ${retryAfterSeconds} s.`, {
			details: { retryAfterSeconds },
		});
	};
	const countUse = (publicId: string) => count(rateLimits.triggersPerTarget, publicId);
	return new Elysia().post(
		"/triggers/:workspaceId/:publicId",
		async ({ request, server, params, body, set }) => {
			await count(rateLimits.triggersPerAddress, clientAddress(server, request));
			const read = (name: string) => request.headers.get(`webhook-${name}`);
			const text = typeof body === "string" ? body : "";
			const message = { id: read("id"), timestamp: read("timestamp"), signature: read("signature"), text };
			const taken = await takeTrigger({ ...deps, countUse }, params, message);
			set.status = 202;
			return { queued: taken?.queued ?? 0 };
		},
		{
			params: TriggerParams,
			response: { 202: TriggerTaken },
			detail: { tags: ["triggers"], summary: "A signed message (Standard Webhooks) that starts a target's run" },
		},
	);
}
