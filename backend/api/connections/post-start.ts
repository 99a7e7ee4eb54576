import { Elysia } from "elysia";
import { callbackAddress } from "../../connections/oauth/callback-address.ts";
import { leaveWithTicket, readConnectTicket } from "../../connections/oauth/connect-flows.ts";
import { consentAddress } from "../../connections/oauth/provider-tokens.ts";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { flowSecrets } from "../../identity/upstream-flows.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { sendByPage, showPage } from "../oauth/page.ts";
import { answerLetterForm, type PersonRequest } from "../oauth/person-request.ts";
import { leavingPage } from "../oauth/upstream/upstream-pages.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { noTicketPage } from "./start-page.ts";

/** "Continue to …": uses the ticket up, and goes to the provider. Only this browser's cookie can come back from there. */
export function postConnectStart(deps: RouteDeps) {
	const { identity, env, connectors } = deps;
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerLetterForm(frame, call, async (field) => {
			const { set, request } = call;
			const ticket = await readConnectTicket(identity, field("ticket"));
			const manifest = connectors.get(ticket?.provider ?? "")?.manifest;
			const person = await findBrowserPerson(identity, frame.cookies.sessionToken(request));
			const isOther = person !== null && person.userId !== ticket?.userId;
			if (ticket === null || manifest?.oauth === undefined || isOther)
				return showPage({ request, set }, noTicketPage());
			const token = await leaveWithTicket(identity, field("ticket"));
			if (token === null) return showPage({ request, set }, noTicketPage());
			const { state, codeVerifier } = flowSecrets(token);
			const redirectUri = callbackAddress(identity.issuer);
			const address = await consentAddress(manifest.oauth, { redirectUri, state, codeVerifier });
			frame.cookies.setFlow(set, state, token);
			return sendByPage({ request, set }, address, leavingPage(manifest.title, address));
		});
	return new Elysia().post(
		"/connections/start",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
