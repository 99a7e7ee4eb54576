import { Elysia } from "elysia";
import { readConnectTicket } from "../../connections/oauth/connect-flows.ts";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { type PageSet, showPage } from "../oauth/page.ts";
import { noTicketPage, otherPersonPage, startPage } from "./start-page.ts";

/**
 * The page that a client opens to connect an account: it says for whom, and changes nothing. Walking through somebody else's ticket
 * unknowingly would open one's account to them; what comes back is worth something to the session that began it alone.
 */
export function getConnectStart(deps: RouteDeps) {
	const { identity, env, connectors } = deps;
	const cookies = pageCookies(env.publicUrl);
	const answer = async (request: Request, set: PageSet) => {
		const token = new URL(request.url).searchParams.get("ticket") ?? "";
		const ticket = await readConnectTicket(identity, token);
		const title = connectors.get(ticket?.provider ?? "")?.manifest.title;
		if (ticket === null || title === undefined) return showPage({ request, set }, noTicketPage());
		const person = await findBrowserPerson(identity, cookies.sessionToken(request));
		if (person !== null && person.userId !== ticket.userId) {
			return showPage({ request, set }, otherPersonPage({ ticket, title, signedInAs: person.email }));
		}
		return showPage({ request, set }, startPage({ ticket, token, title, formToken: cookies.formToken(request, set) }));
	};
	return new Elysia().get("/connections/start", ({ request, set }) => answer(request, set), { detail: { hide: true } });
}
