import { type OneOf, type Said, say } from "../../../words/say.ts";
import { html } from "../html.ts";
import type { Next, Page } from "../page.ts";
import { buttonLink, buttonRow, strong } from "../page-parts.ts";

/** A title and sentences, and a button that goes on: always 200, because a window of `launchWebAuthFlow` closes at 400 and more. */
type Told = { title: Said; text: Said; next?: Next };

function telling({ title, text, next }: Told): Page {
	const body = html`<h1>${title}</h1>
<p>${text}</p>
${next ? buttonRow([buttonLink({ ...next, main: true })]) : null}`;
	return { title, body };
}

/** Shown for the moment that the way takes, or for good where a browser goes nowhere by itself. */
export function leavingPage(title: string, href: string): Page {
	return telling({
		title: say("Going to {title}", { title }),
		text: say("This takes a moment."),
		next: { href, label: say("Go to {title}", { title }) },
	});
}

/** The same on the way back, when everything is done. */
export function arrivedPage(title: Said, href: string): Page {
	return telling({ title, text: say("This window closes by itself."), next: { href, label: say("Go on") } });
}

export function unavailablePage(title: string, next: Next): Page {
	const text = say("Nothing was changed. Try again in a moment.");
	return telling({ title: say("{title} does not answer", { title: opening(title) }), text, next });
}

export function notAcceptedPage(title: string, next: Next): Page {
	const text = say("The answer that came back from {title} could not be accepted, so nothing was changed.", { title });
	return telling({ title: say("{title} was not accepted", { title: opening(title) }), text, next });
}

/** Nobody knows which flow this belongs to, and so not where it would have led either. */
export function noFlowPage(): Page {
	const text = say(
		"It has been finished already, took longer than ten minutes, or was begun in another browser. Close this window and start again where you came from.",
	);
	return telling({ title: say("This sign-in cannot go on"), text });
}

/** `ways`: as their buttons say them. Whoever reads this has just proven that the address is theirs. */
export function emailInUsePage(title: string, ways: OneOf, href: string): Page {
	const text = say(
		"This e-mail address has an account here already. Sign in the way you did before ({ways}), then add {title} under Options → Account.",
		{ ways: strong(ways), title },
	);
	return telling({ title: say("You have an account already"), text, next: { href, label: say("Sign in") } });
}

export function accountGonePage(title: string, next: Next): Page {
	const text = say("This account was deleted at {title}, so nobody can sign in with it any more.", { title });
	return telling({ title: say("This account is gone"), text, next });
}

export function accountInUsePage(title: string, next: Next): Page {
	const text = say(
		"It belongs to another Sheaf account, so it was not added to yours. Sign in there to remove it first, or choose another {title} account.",
		{ title },
	);
	return telling({ title: say("This {title} account is in use", { title }), text, next });
}

/** As a sentence begins: an issuer may be called "your organisation". */
export function opening(title: string): string {
	return title.charAt(0).toUpperCase() + title.slice(1);
}
