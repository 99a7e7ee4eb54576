import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import type { Identity } from "../../identity/identity.ts";
import { say } from "../../words/say.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { dashboardPath } from "../oauth/destination.ts";
import { forgotAddress } from "../oauth/letter/forgot-address.ts";
import { type Message, showMessage } from "../oauth/page.ts";

/** The dashboard is a script of others: it may load from here only. Its stylesheets set inline styles. */
const dashboardPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'self'",
	"frame-ancestors 'none'",
	"form-action 'none'",
	"base-uri 'self'",
].join("; ");

export type DashboardGuard = { identity: Identity; publicUrl: string; operators: readonly string[] };

/**
 * The dashboard shows every tenant's jobs (SYNC-1), so that no workspace role opens it: only the e-mails of
 * `SHEAF_OPERATORS`, proven to be theirs, by the backend's own cookie session. A browser without a session is led to the sign-in
 * page; to everybody else there is nothing at this address.
 */
export function guardDashboard({ identity, publicUrl, operators }: DashboardGuard) {
	const cookies = pageCookies(publicUrl);
	return new Elysia({ name: "guard-dashboard" }).onRequest(async ({ request, set }) => {
		const { pathname } = new URL(request.url);
		if (pathname !== "/admin" && !pathname.startsWith("/admin/")) return undefined;
		if (operators.length === 0) throw nothingHere();
		const person = await findBrowserPerson(identity, cookies.sessionToken(request));
		if (!person && pathname === dashboardPath && request.method === "GET") {
			return new Response(null, { status: 303, headers: { location: "/oauth/sign-in" } });
		}
		if (!person || !operators.includes(person.email)) throw nothingHere();
		// Only where nobody else can reach the backend are there accounts without proof, so that this tells no stranger who operates it.
		if (!person.emailVerified) return showMessage({ request, set }, unproven);
		refuseForeign(request, new URL(publicUrl).origin);
		set.headers["content-security-policy"] = dashboardPolicy;
		return undefined;
	});
}

/** SameSite=Lax lets top-level GETs from elsewhere carry the cookie; what changes something must come from here. */
function refuseForeign(request: Request, ownOrigin: string): void {
	if (request.method === "GET" || request.method === "HEAD") return;
	const origin = request.headers.get("origin");
	const site = request.headers.get("sec-fetch-site");
	if ((origin === null || origin === ownOrigin) && (site === null || site === "same-origin")) return;
	throw new SheafError("request/origin-refused", "The dashboard takes orders from its own page only.");
}

/** Whoever lost the link that was printed at the sign-up gets a new one by setting a password anew. */
const unproven: Message = {
	title: say("Confirm your e-mail first"),
	text: say(
		"Your address is listed in SHEAF_OPERATORS, and nobody has proven yet that it is yours. Open the link that was printed where Sheaf runs when you signed up, or let a new one be printed by setting a new password.",
	),
	status: 403,
	next: { href: forgotAddress({ path: dashboardPath }), label: say("Set a new password") },
};

function nothingHere(): SheafError {
	return new SheafError("request/not-found", "There is nothing at this address.");
}
