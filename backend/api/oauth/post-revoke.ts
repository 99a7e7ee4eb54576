import { Elysia } from "elysia";
import { endSessionOf } from "../../identity/device-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { answerClient } from "./client-request.ts";

/** Ends the session of a refresh token (RFC 7009). An unknown token is answered the same: it is of no use either way. */
export function postRevoke({ identity }: RouteDeps) {
	return new Elysia().post(
		"/oauth/revoke",
		async ({ request, body, set, server }) => {
			const call = { request, body, set, address: clientAddress(server, request) };
			return await answerClient(identity, call, async (parameters, client) => {
				const ended = await endSessionOf(identity, parameters.required("token"), client.id);
				if (ended !== null) identity.standing.forget(ended);
				return {};
			});
		},
		{ detail: { tags: ["oauth"], summary: "Ends the session of a refresh token (RFC 7009)" } },
	);
}
