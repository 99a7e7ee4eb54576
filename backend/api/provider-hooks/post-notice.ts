import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import { countHit, type RateLimit, rateLimits } from "../../identity/rate-limits.ts";
import { takeNotice } from "../../watches/take-notice.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";

const NoticeParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

/**
 * A provider tells that rows changed (SYNC-6). Nobody signs in here, the signature over the bytes says who is speaking; an address that is
 * nowhere and a signature that is wrong are both answered 404. Answered with nothing, as providers want it.
 */
export function postNotice(deps: RouteDeps) {
	const count = async (limit: RateLimit, subject: string) => {
		const answer = await countHit(deps.identity, limit, subject);
		if (answer.ok) return;
		const { retryAfterSeconds } = answer;
		throw new SheafError("request/rate-limited", `Too many requests. Try again in ${retryAfterSeconds} s.`, {
			details: { retryAfterSeconds },
		});
	};
	const taking = {
		...deps,
		countUse: (address: string) => count(rateLimits.noticesPerWatch, address),
		tellOperator: async (provider: string, secret: string) => {
			await count(rateLimits.noticeSetUps, provider);
			deps.tellOperator?.(`${provider} shows the secret of its notices: ${secret}`);
		},
	};
	return new Elysia().post(
		"/api/v1/provider-hooks/:id",
		async ({ request, server, params, body, set }) => {
			await count(rateLimits.noticesPerAddress, clientAddress(server, request));
			const bytes = body instanceof Uint8Array ? body : new Uint8Array();
			await takeNotice(taking, params.id, { header: (name) => request.headers.get(name), body: bytes });
			set.status = 204;
		},
		{
			params: NoticeParams,
			detail: { tags: ["provider-hooks"], summary: "A signed notice of a provider that rows changed there" },
		},
	);
}
