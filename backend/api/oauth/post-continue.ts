import { Elysia } from "elysia";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { pageCookies } from "./cookies.ts";
import { pageAddress } from "./destination.ts";
import { sendTo } from "./page.ts";
import { answerForm, go, type PersonRequest } from "./person-request.ts";

/** "Continue as …": the person signed in with the cookie goes on without a password. */
export function postContinue({ identity, env }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination) => {
			const person = await findBrowserPerson(identity, frame.cookies.sessionToken(call.request));
			if (!person) return sendTo(call.set, pageAddress(destination, "sign-in"));
			return await go(identity, call.set, { destination, person });
		});
	return new Elysia().post(
		"/oauth/continue",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
