import { issueCode } from "../../identity/authorization-codes.ts";
import { answerAddress } from "../../identity/authorization-request.ts";
import { closeBrowserSession, openBrowserSession } from "../../identity/browser-sessions.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { SignedIn } from "../../identity/signed-in.ts";
import { type Said, say } from "../../words/say.ts";
import type { PageCookies } from "./cookies.ts";
import { type Onward, parseDestination } from "./destination.ts";
import { html } from "./html.ts";
import { tellOutage } from "./outage.ts";
import { type Next, type PageCall, type PageSet, sendTo, showMessage } from "./page.ts";
import type { OpenDestination } from "./sign-in-page.ts";

/** What the forms of the backend's own pages need of an Elysia context. */
export type PersonRequest = { request: Request; body: unknown; address: string; set: PageSet };

type FormWork = (destination: Onward, field: Field) => Promise<string>;

/** What all these routes share: the room they act in and the cookies they read. */
export type PersonFrame = { identity: Identity; cookies: PageCookies };

type Field = (name: string) => string;

/** The frame around every form: refuses foreign forms, checks anew where the person wants to go, and counts. */
export async function answerForm(frame: PersonFrame, call: PersonRequest, work: FormWork): Promise<string> {
	const { set, request, address } = call;
	const fields = fieldsOf(call);
	const destination = parseDestination(frame.identity, fields.get("continue"));
	const onward = "path" in destination ? destination : null;
	if (!frame.cookies.isOwnForm(request, fields.get("form_token"))) return showExpired(call, onward);
	if (destination.kind === "answered") return sendTo(set, destination.to);
	if (destination.kind === "refused") return showRefused(call, destination.message);
	return await tellOutage(set, { destination, issuer: frame.identity.issuer }, async () => {
		const counted = await countHit(frame.identity, rateLimits.passwordPerAddress, address);
		if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
		return await work(destination, fieldReader(fields));
	});
}

/** The same around a form that leads nowhere: the one behind a letter's link. */
export async function answerLetterForm(
	frame: PersonFrame,
	call: PersonRequest,
	work: (field: Field) => Promise<string>,
): Promise<string> {
	const { request, address } = call;
	const fields = fieldsOf(call);
	if (!frame.cookies.isOwnForm(request, fields.get("form_token"))) return showExpired(call, null);
	const counted = await countHit(frame.identity, rateLimits.passwordPerAddress, address);
	if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, null);
	return await work(fieldReader(fields));
}

function fieldsOf({ body }: PersonRequest): ReadonlyMap<string, unknown> {
	return new Map<string, unknown>(typeof body === "object" && body !== null ? Object.entries(body) : []);
}

function fieldReader(fields: ReadonlyMap<string, unknown>): Field {
	return (name) => {
		const value = fields.get(name);
		return typeof value === "string" ? value : "";
	};
}

/** Signs the browser in and sends the person on. */
export async function signInAndGo(
	frame: PersonFrame,
	call: PersonRequest,
	{ destination, person }: { destination: Onward; person: SignedIn },
): Promise<string> {
	await signInHere(frame, call, person);
	return await go(frame.identity, call.set, { destination, person });
}

/** Signs the browser in, with a new cookie, so that an older one is worth nothing. */
export async function signInHere(
	{ identity, cookies }: PersonFrame,
	{ set, request }: Pick<PersonRequest, "set" | "request">,
	person: SignedIn,
): Promise<void> {
	await closeBrowserSession(identity, cookies.sessionToken(request));
	cookies.setSession(set, await openBrowserSession(identity, person));
}

type Going = { destination: Onward; person: SignedIn };

/** Sends a signed-in person on: to the client with a code, or to a page of ours. */
export async function go(identity: Identity, set: PageSet, going: Going): Promise<string> {
	return sendTo(set, await onwardAddress(identity, going));
}

/** Where a signed-in person goes: the client's redirect with a fresh code, or a page of ours. */
export async function onwardAddress(identity: Identity, { destination, person }: Going): Promise<string> {
	if (destination.kind !== "client") return destination.path;
	const { request } = destination;
	const code = await issueCode(identity, request, person);
	return answerAddress(request.redirectUri, identity.issuer, { code, state: request.state });
}

export function openDestination(destination: Onward): OpenDestination {
	const { kind, path } = destination;
	return destination.kind === "client" ? { kind, path, leadsTo: destination.request.redirectUri } : { kind, path };
}

/** @param reason for whoever builds the client, in English */
export function showRefused(call: PageCall, reason: string): string {
	const text = html`<span lang="en" dir="ltr">${reason}</span>`;
	return showMessage(call, { title: say("This sign-in cannot go on"), text, status: 400 });
}

/**
 * Answered 200 like the other pages of a sign-in: Chrome closes the window of `launchWebAuthFlow` at 400 and more, and nobody would
 * read what to do.
 *
 * @param onward where the person wanted to go; null when it is not known
 */
export function showTooMany(call: PageCall, retryAfterSeconds: number, onward: Onward | null): string {
	call.set.headers["retry-after"] = String(retryAfterSeconds);
	const minutes = Math.ceil(retryAfterSeconds / 60);
	const text =
		minutes === 1
			? say("Nothing was changed. Try again in a minute.")
			: say("Nothing was changed. Try again in {minutes} minutes.", { minutes });
	return showMessage(call, { title: say("Too many tries"), text, status: 200, ...nextAfter(onward, say("Try again")) });
}

/** A form that is not ours, or was open for too long; 200 for the same reason. Nothing was done with it. */
function showExpired(call: PageCall, onward: Onward | null): string {
	const text = say(
		"The page was open for too long, or this browser refuses cookies. Nothing was changed: load the page again and retry.",
	);
	const title = say("This form cannot be used any more");
	return showMessage(call, { title, text, status: 200, ...nextAfter(onward, say("Load the page again")) });
}

function nextAfter(onward: Onward | null, label: Said): { next?: Next } {
	return onward === null ? {} : { next: { href: onward.path, label } };
}
