import type { InviteRole } from "../../contract/workspaces.ts";
import type { Invitation } from "../../workspaces/accept-invite.ts";
import { pageAddress, type Screen } from "../oauth/destination.ts";
import { type Html, html } from "../oauth/html.ts";
import type { Page } from "../oauth/page.ts";
import { buttonLink, buttonRow, hiddenFields } from "../oauth/page-parts.ts";

/** What somebody with that role does there, in a person's words. */
const roleWords: Readonly<Record<InviteRole, string>> = {
	admin: "an admin: you can also invite and remove people",
	member: "a member: you can save, connect accounts and set up tables",
	viewer: "a viewer: you can look, and change nothing",
};

type InviteView = { invitation: Invitation; path: string; formToken: string };

/** The link was opened and nobody is signed in here: they sign in first, and come back to this page. */
export function invitePage({ invitation, path }: Omit<InviteView, "formToken">): Page {
	const address = (screen: Screen) => pageAddress({ kind: "invite", path }, screen);
	const body = html`${heading(invitation)}
<p>Sign in to join, or create an account first.</p>
${buttonRow([
	buttonLink({ href: address("sign-in"), label: "Sign in", main: true }),
	buttonLink({ href: address("sign-up"), label: "Create an account" }),
])}`;
	return { title: "An invitation", body };
}

/** Somebody is signed in here: they say whether it is they who join. */
export function joinPage(view: InviteView & { email: string }): Page {
	const body = html`${heading(view.invitation)}
<form method="post" action="/invite/join">
${hiddenFields(view)}
<button type="submit">${view.email === "" ? "Join" : html`Join as ${view.email}`}</button>
</form>
<form method="post" action="/oauth/sign-out">
${hiddenFields(view)}
<button type="submit" class="quiet">Use another account</button>
</form>`;
	return { title: "An invitation", body };
}

/** Where to go on: this page cannot switch the extension's workspace, only the person can. */
export function joinedPage(workspaceName: string): Page {
	const body = html`<h1>You are in ${workspaceName}</h1>
<p>To work in it, click Sheaf's icon in the browser's toolbar, open Options, and switch to “${workspaceName}” under Workspace.</p>
<p>You can close this page.</p>`;
	return { title: "Joined", body };
}

/** The same for a link that never was, has run out, was used or was taken back. */
export function noInvitePage(): Page {
	const body = html`<h1>This invitation cannot be used</h1>
<p>It is not there, has run out, was used or was taken back. Ask for a new one.</p>`;
	return { title: "This invitation cannot be used", body, status: 404 };
}

function heading({ workspaceName, role, inviter }: Invitation): Html {
	const who = inviter === "" ? "Somebody" : inviter;
	return html`<h1>Join ${workspaceName}</h1>
<p>${who} invites you to this workspace as ${roleWords[role]}.</p>`;
}
