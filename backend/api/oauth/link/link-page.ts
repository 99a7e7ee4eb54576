import type { LinkTicket } from "../../../identity/account-links.ts";
import { type Said, say } from "../../../words/say.ts";
import { html } from "../html.ts";
import type { Page } from "../page.ts";
import { buttonLink, buttonRow, hiddenFields } from "../page-parts.ts";

export type LinkView = {
	ticket: LinkTicket;
	/** The upstream's name, as its button says it. */
	title: string;
	formToken: string;
	path: string;
	/** Where "Cancel" leads: the client's redirect. */
	cancel: string;
};

/** Names the account in full: whoever was sent this address by somebody else sees whose account they would open to theirs. */
export function linkPage(view: LinkView): Page {
	const { ticket, title, cancel } = view;
	const body = html`<h1>${say("Add {title} to {account}?", { title, account: nameOf(ticket) })}</h1>
<p>${say("You can then sign in to this Sheaf account with {title}, too.", { title })}</p>
<form method="post" action="/oauth/link">
${hiddenFields(view)}
<button type="submit">${say("Continue to {title}", { title })}</button>
</form>
${buttonRow([buttonLink({ href: cancel, label: say("Cancel") })])}`;
	return { title: say("Add {title}", { title }), body };
}

/** Somebody else is signed in on these pages than the one who asked. */
export function otherPersonPage(view: LinkView & { signedInAs: string }): Page {
	const { ticket, title, signedInAs, cancel } = view;
	const body = html`<h1>${say("Two accounts are signed in here")}</h1>
<p>${say("{title} is to be added to {account}, and this browser’s pages belong to {other}.", { title, account: nameOf(ticket), other: signedInAs || say("another account") })}</p>
<form method="post" action="/oauth/sign-out">
${hiddenFields(view)}
<button type="submit">${say("Sign in as {account}", { account: nameOf(ticket) })}</button>
</form>
${buttonRow([buttonLink({ href: cancel, label: say("Cancel") })])}`;
	return { title: say("Two accounts"), body };
}

export function noTicketPage(): Page {
	const title = say("This page cannot be used any more");
	const body = html`<h1>${title}</h1>
<p>${say("It is for one use and ten minutes. Close this window and add the account again from Options → Account.")}</p>`;
	return { title, body };
}

function nameOf({ email }: LinkTicket): string | Said {
	return email === "" ? say("your Sheaf account") : email;
}
