import { type Html, html } from "../html.ts";
import type { Page } from "../page.ts";
import { buttonLink, buttonRow } from "../page-parts.ts";

/** A title and sentences, and a button that goes on: always 200, because a window of `launchWebAuthFlow` closes at 400 and more. */
type Told = { title: string; text: Html | string; next?: Next };
type Next = { href: string; label: string };

function telling({ title, text, next }: Told): Page {
	const body = html`<h1>${title}</h1>
<p>${text}</p>
${next ? buttonRow([buttonLink({ ...next, main: true })]) : null}`;
	return { title, body };
}

/** Shown for the moment that the way takes, or for good where a browser goes nowhere by itself. */
export function leavingPage(title: string, href: string): Page {
	return telling({ title: `Going to ${title}`, text: "This takes a moment.", next: { href, label: `Go to ${title}` } });
}

/** The same on the way back, when everything is done. */
export function arrivedPage(title: string, href: string): Page {
	return telling({ title, text: "This window closes by itself.", next: { href, label: "Go on" } });
}

export function unavailablePage(title: string, next: Next): Page {
	const name = opening(title);
	const text = "Nothing was changed. Try again in a moment.";
	return telling({ title: `${name} does not answer`, text, next });
}

export function notAcceptedPage(title: string, next: Next): Page {
	const text = `The answer that came back from ${title} could not be accepted, so nothing was changed.`;
	return telling({ title: `${opening(title)} was not accepted`, text, next });
}

/** Nobody knows which flow this belongs to, and so not where it would have led either. */
export function noFlowPage(): Page {
	const text =
		"It has been finished already, took longer than ten minutes, or was begun in another browser. " +
		"Close this window and start again where you came from.";
	return telling({ title: "This sign-in cannot go on", text });
}

/** `ways`: as their buttons say them. Whoever reads this has just proven that the address is theirs. */
export function emailInUsePage(title: string, ways: readonly string[], href: string): Page {
	const text = html`This e-mail address has an account here already. Sign in the way you did before (<strong>${ways.join(", ")}</strong>), then add ${title} under Options → Account.`;
	return telling({ title: "You have an account already", text, next: { href, label: "Sign in" } });
}

export function accountGonePage(title: string, next: Next): Page {
	const text = `This account was deleted at ${title}, so nobody can sign in with it any more.`;
	return telling({ title: "This account is gone", text, next });
}

export function accountInUsePage(title: string, next: Next): Page {
	const text = `It belongs to another Sheaf account, so it was not added to yours. Sign in there to remove it first, or choose another ${title} account.`;
	return telling({ title: `This ${title} account is in use`, text, next });
}

/** As a sentence begins: an issuer may be called "your organisation". */
export function opening(title: string): string {
	return title.charAt(0).toUpperCase() + title.slice(1);
}
