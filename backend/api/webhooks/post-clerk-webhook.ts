import { Type } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { deleteUnreachable } from "../../departure/delete/delete-unreachable.ts";
import { SheafError } from "../../errors.ts";
import { rememberMessage, takeMessage } from "../../identity/clerk/take-message.ts";
import { readEvent } from "../../identity/clerk/webhook-event.ts";
import { checkSignature } from "../../identity/clerk/webhook-signature.ts";
import type { RouteDeps } from "../app-deps.ts";

/**
 * What Clerk tells of its people and sessions (ID-5). Outside /api/v1: nobody signs in here, the signature says who is speaking. Clerk
 * repeats what was not answered with 2xx, for about a day.
 */
export function postClerkWebhook(deps: RouteDeps) {
	const { identity, env, log } = deps;
	const secret = env.identity.clerk?.webhookSecret ?? null;
	return new Elysia().post(
		"/webhooks/clerk",
		async ({ request, body }) => {
			if (secret === null) throw new SheafError("request/not-found", "There is nothing at this address.");
			const text = typeof body === "string" ? body : "";
			const id = checkSignature(secret, { ...signatureOf(request.headers), body: text });
			const { endedSessions, unreachable } = await takeMessage(identity, { id, event: readEvent(text) });
			for (const session of endedSessions) identity.standing.forget(session);
			if (unreachable === null) return { ok: true as const };
			if ((await deleteUnreachable(deps, unreachable)) === "kept") {
				log.warn(
					{ message: id },
					"Clerk deleted the only owner of a workspace with others in it: kept, without a way in",
				);
			}
			await rememberMessage(identity, id);
			return { ok: true as const };
		},
		{
			response: Type.Object({ ok: Type.Literal(true) }),
			detail: { tags: ["webhooks"], summary: "Signed messages from Clerk: user.* and session.*" },
		},
	);
}

/** Svix's own names or those of Standard Webhooks; never one header of each. */
function signatureOf(headers: Headers) {
	const prefix = headers.has("svix-id") ? "svix" : "webhook";
	const read = (name: string) => headers.get(`${prefix}-${name}`);
	return { id: read("id"), timestamp: read("timestamp"), signature: read("signature") };
}
