import { Elysia } from "elysia";
import { closeBrowserSession } from "../../identity/browser-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { pageCookies } from "./cookies.ts";
import { pageAddress } from "./destination.ts";
import { sendTo } from "./page.ts";
import { answerForm, type PersonRequest } from "./person-request.ts";

/** "Use another account": ends the cookie session and shows the sign-in form for the same destination. */
export function postSignOut({ identity, env }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination) => {
			await closeBrowserSession(identity, frame.cookies.sessionToken(call.request));
			frame.cookies.clearSession(call.set);
			return sendTo(call.set, pageAddress(destination, "sign-in"));
		});
	return new Elysia().post(
		"/oauth/sign-out",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
