import { Elysia } from "elysia";
import { useLinkTicket } from "../../../identity/account-links.ts";
import { say } from "../../../words/say.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { sendTo, showPage } from "../page.ts";
import { answerForm, type PersonRequest } from "../person-request.ts";
import { leaveForUpstream } from "../upstream/leave-for-upstream.ts";
import { ticketIn, whoLinks } from "./link-asker.ts";
import { linkDestination, linkEnd } from "./link-end.ts";
import { noTicketPage } from "./link-page.ts";

/** "Continue to …" on the page that asks: uses the ticket up, and goes to the upstream. */
export function postLink(deps: RouteDeps) {
	const { identity, env } = deps;
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination) => {
			const { request, set } = call;
			const { path } = destination;
			const asker = await whoLinks(deps, frame.cookies, { request, path });
			// The page says why; it was open while somebody else signed in.
			if (asker.kind === "other-person" || asker.kind === "sign-in-first") return sendTo(set, path);
			const ticket = asker.kind === "asker" ? await useLinkTicket(identity, ticketIn(path)) : null;
			if (asker.kind === "no-ticket" || ticket === null) return showPage(call, noTicketPage());
			const flow = { destination: linkDestination(ticket, identity.issuer), linksTo: ticket.userId };
			const href = linkEnd(flow.destination, { error: "auth/upstream-unavailable" });
			return await leaveForUpstream(frame, call, {
				upstream: asker.upstream,
				flow,
				back: { href, label: say("Close") },
			});
		});
	return new Elysia().post(
		"/oauth/link",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
