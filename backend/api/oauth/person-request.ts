import { issueCode } from "../../identity/authorization-codes.ts";
import { answerAddress } from "../../identity/authorization-request.ts";
import { closeBrowserSession, openBrowserSession } from "../../identity/browser-sessions.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { SignedIn } from "../../identity/signed-in.ts";
import type { PageCookies } from "./cookies.ts";
import { type Onward, parseDestination } from "./destination.ts";
import { tellOutage } from "./outage.ts";
import { type PageSet, sendTo, showMessage } from "./page.ts";
import type { OpenDestination } from "./sign-in-page.ts";

/** What the forms of the backend's own pages need of an Elysia context. */
export type PersonRequest = { request: Request; body: unknown; address: string; set: PageSet };

type FormWork = (destination: Onward, field: (name: string) => string) => Promise<string>;

/** What all these routes share: the room they act in and the cookies they read. */
export type PersonFrame = { identity: Identity; cookies: PageCookies };

/** The frame around every form: refuses foreign forms, checks anew where the person wants to go, and counts. */
export async function answerForm(frame: PersonFrame, call: PersonRequest, work: FormWork): Promise<string> {
	const { set, request, body, address } = call;
	const fields = new Map<string, unknown>(typeof body === "object" && body !== null ? Object.entries(body) : []);
	if (!frame.cookies.isOwnForm(request, fields.get("form_token"))) {
		const text = "The page was open for too long, or this browser refuses cookies. Go back, load it again and retry.";
		return showMessage(set, { title: "This form cannot be used any more", text, status: 403 });
	}
	const destination = parseDestination(frame.identity, fields.get("continue"));
	if (destination.kind === "answered") return sendTo(set, destination.to);
	if (destination.kind === "refused") return showRefused(set, destination.message);
	return await tellOutage(set, { destination, issuer: frame.identity.issuer }, async () => {
		const counted = await countHit(frame.identity, rateLimits.passwordPerAddress, address);
		if (!counted.ok) return showTooMany(set, counted.retryAfterSeconds);
		return await work(destination, (name) => {
			const value = fields.get(name);
			return typeof value === "string" ? value : "";
		});
	});
}

/** Signs the browser in (with a new cookie, so that an older one is worth nothing) and sends the person on. */
export async function signInAndGo(
	frame: PersonFrame,
	{ set, request }: PersonRequest,
	{ destination, person }: { destination: Onward; person: SignedIn },
): Promise<string> {
	await closeBrowserSession(frame.identity, frame.cookies.sessionToken(request));
	frame.cookies.setSession(set, await openBrowserSession(frame.identity, person));
	return await go(frame.identity, set, { destination, person });
}

/** Sends a signed-in person on: to the client with a code, or to a page of ours. */
export async function go(
	identity: Identity,
	set: PageSet,
	{ destination, person }: { destination: Onward; person: SignedIn },
): Promise<string> {
	if (destination.kind !== "client") return sendTo(set, destination.path);
	const { request } = destination;
	const code = await issueCode(identity, request, person);
	return sendTo(set, answerAddress(request.redirectUri, identity.issuer, { code, state: request.state }));
}

export function openDestination(destination: Onward): OpenDestination {
	const { kind, path } = destination;
	return destination.kind === "client" ? { kind, path, leadsTo: destination.request.redirectUri } : { kind, path };
}

export function showRefused(set: PageSet, text: string): string {
	return showMessage(set, { title: "This sign-in cannot go on", text, status: 400 });
}

export function showTooMany(set: PageSet, retryAfterSeconds: number): string {
	set.headers["retry-after"] = String(retryAfterSeconds);
	const minutes = Math.ceil(retryAfterSeconds / 60);
	const text = `Nothing was changed. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
	return showMessage(set, { title: "Too many tries", text, status: 429 });
}
