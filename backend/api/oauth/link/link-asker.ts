import { type LinkTicket, readLinkTicket } from "../../../identity/account-links.ts";
import { findBrowserPerson } from "../../../identity/browser-sessions.ts";
import type { Upstream } from "../../../identity/upstream/upstream.ts";
import type { RouteDeps } from "../../app-deps.ts";
import type { PageCookies } from "../cookies.ts";

/** Whether this browser may go on with a ticket. */
export type LinkAsker =
	| { kind: "no-ticket" }
	| { kind: "sign-in-first" }
	| { kind: "other-person"; ticket: LinkTicket; upstream: Upstream; signedInAs: string }
	| { kind: "asker"; ticket: LinkTicket; upstream: Upstream };

/** The token of a ticket's address; `parseDestination` has checked its form. */
export function ticketIn(path: string): string {
	return new URLSearchParams(path.slice(path.indexOf("?"))).get("ticket") ?? "";
}

/**
 * A ticket alone is not enough: whoever is sent the address of somebody else's would open that account to their own Google. It
 * takes the person themselves, signed in on the backend's pages. Only who has no way in there (Clerk's exchange) is spared that.
 */
export async function whoLinks(
	{ identity, upstreams }: Pick<RouteDeps, "identity" | "upstreams">,
	cookies: PageCookies,
	{ request, path }: { request: Request; path: string },
): Promise<LinkAsker> {
	const ticket = await readLinkTicket(identity, ticketIn(path));
	const upstream = upstreams.get(ticket?.provider ?? "");
	if (ticket === null || !upstream) return { kind: "no-ticket" };
	const person = await findBrowserPerson(identity, cookies.sessionToken(request));
	if (person?.userId === ticket.userId) return { kind: "asker", ticket, upstream };
	if (person) return { kind: "other-person", ticket, upstream, signedInAs: person.email };
	const signsInHere = ticket.ways.some((way) => way === "password" || upstreams.has(way));
	return signsInHere ? { kind: "sign-in-first" } : { kind: "asker", ticket, upstream };
}
