import type { LinkTicket } from "../../../identity/account-links.ts";
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
	const body = html`<h1>Add ${title} to ${nameOf(ticket)}?</h1>
<p>You can then sign in to this Sheaf account with ${title}, too.</p>
<form method="post" action="/oauth/link">
${hiddenFields(view)}
<button type="submit">Continue to ${title}</button>
</form>
${buttonRow([buttonLink({ href: cancel, label: "Cancel" })])}`;
	return { title: `Add ${title}`, body };
}

/** Somebody else is signed in on these pages than the one who asked. */
export function otherPersonPage(view: LinkView & { signedInAs: string }): Page {
	const { ticket, title, signedInAs, cancel } = view;
	const body = html`<h1>Two accounts are signed in here</h1>
<p>${title} is to be added to ${nameOf(ticket)}, and this browser's pages belong to ${signedInAs === "" ? "another account" : signedInAs}.</p>
<form method="post" action="/oauth/sign-out">
${hiddenFields(view)}
<button type="submit">Sign in as ${nameOf(ticket)}</button>
</form>
${buttonRow([buttonLink({ href: cancel, label: "Cancel" })])}`;
	return { title: "Two accounts", body };
}

export function noTicketPage(): Page {
	const body = html`<h1>This page cannot be used any more</h1>
<p>It is for one use and ten minutes. Close this window and add the account again from Options → Account.</p>`;
	return { title: "This page cannot be used any more", body };
}

function nameOf({ email }: LinkTicket): string {
	return email === "" ? "your Sheaf account" : email;
}
