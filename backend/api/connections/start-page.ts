import type { ConnectTicket } from "../../connections/oauth/connect-flows.ts";
import { type Said, say } from "../../words/say.ts";
import { html } from "../oauth/html.ts";
import type { Page } from "../oauth/page.ts";
import { buttonLink, buttonRow, hiddenField } from "../oauth/page-parts.ts";

/** What a window of connecting ends with; `access_denied` is RFC 6749's word for "the person did not want to", and is quiet. */
export type ConnectEnd = { flow: string } | { error: "access_denied" | "connections/consent-refused" };

/** The client's redirect with the answer. */
export function connectEnd(redirectUri: string, answer: ConnectEnd): string {
	const address = new URL(redirectUri);
	for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
	return address.href;
}

export type StartView = { ticket: ConnectTicket; token: string; title: string; formToken: string };

/** Names the Sheaf account and the workspace: whoever was sent this address by somebody else sees to whom they would open theirs. */
export function startPage({ ticket, token, title, formToken }: StartView): Page {
	const workspace = ticket.workspaceName;
	const heading =
		ticket.connectionId === null
			? say("Connect {title} to {workspace}?", { title, workspace })
			: say("Reconnect {title} to {workspace}?", { title, workspace });
	const body = html`<h1>${heading}</h1>
<p>${say("{account} will be able to put records into the {title} account that you choose next, and so will the other members of “{workspace}”.", { account: nameOf(ticket), title, workspace })}</p>
<form method="post" action="/connections/start">
${hiddenField("form_token", formToken)}
${hiddenField("ticket", token)}
<button type="submit">${say("Continue to {title}", { title })}</button>
</form>
${buttonRow([cancel(ticket)])}`;
	return { title: heading, body };
}

/** Somebody else is signed in on these pages than the one who asked. */
export function otherPersonPage({
	ticket,
	title,
	signedInAs,
}: Omit<StartView, "token" | "formToken"> & { signedInAs: string }): Page {
	const body = html`<h1>${say("Two accounts are signed in here")}</h1>
<p>${say("{title} is to be connected for {account}, and this browser’s pages belong to {other}. Nothing was changed.", { title, account: nameOf(ticket), other: signedInAs || say("another account") })}</p>
${buttonRow([buttonLink({ href: connectEnd(ticket.redirectUri, { error: "access_denied" }), label: say("Close"), main: true })])}`;
	return { title: say("Two accounts"), body };
}

export function noTicketPage(): Page {
	const title = say("This page cannot be used any more");
	const body = html`<h1>${title}</h1>
<p>${say("It is for one use and ten minutes. Close this window and press Connect again in Sheaf’s options.")}</p>`;
	return { title, body };
}

function cancel({ redirectUri }: ConnectTicket) {
	return buttonLink({ href: connectEnd(redirectUri, { error: "access_denied" }), label: say("Cancel") });
}

function nameOf({ email }: ConnectTicket): string | Said {
	return email === "" ? say("Your Sheaf account") : email;
}
