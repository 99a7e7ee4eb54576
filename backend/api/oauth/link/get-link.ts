import { Elysia } from "elysia";
import type { RouteDeps } from "../../app-deps.ts";
import { pageCookies } from "../cookies.ts";
import { pageAddress, parseDestination } from "../destination.ts";
import { type PageSet, sendTo, showPage } from "../page.ts";
import { whoLinks } from "./link-asker.ts";
import { linkDestination, linkEnd } from "./link-end.ts";
import { linkPage, noTicketPage, otherPersonPage } from "./link-page.ts";

/** The page that a client opens to add a way in: it asks, and changes nothing. */
export function getLink(deps: RouteDeps) {
	const { identity, env } = deps;
	const cookies = pageCookies(env.publicUrl);
	const answer = async (request: Request, set: PageSet) => {
		const { pathname, search } = new URL(request.url);
		const destination = parseDestination(identity, `${pathname}${search}`);
		if (destination.kind !== "link") return showPage({ request, set }, noTicketPage());
		const { path } = destination;
		const asker = await whoLinks(deps, cookies, { request, path });
		if (asker.kind === "no-ticket") return showPage({ request, set }, noTicketPage());
		if (asker.kind === "sign-in-first") return sendTo(set, pageAddress(destination, "sign-in"));
		const { ticket, upstream } = asker;
		const cancel = linkEnd(linkDestination(ticket, identity.issuer), { error: "access_denied" });
		const view = { ticket, title: upstream.title, formToken: cookies.formToken(request, set), path, cancel };
		return showPage({ request, set }, asker.kind === "asker" ? linkPage(view) : otherPersonPage({ ...view, ...asker }));
	};
	return new Elysia().get("/oauth/link", ({ request, set }) => answer(request, set), { detail: { hide: true } });
}
