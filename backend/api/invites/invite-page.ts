import type { InviteRole } from "../../contract/workspaces.ts";
import { type Said, say } from "../../words/say.ts";
import type { Invitation } from "../../workspaces/accept-invite.ts";
import { pageAddress, type Screen } from "../oauth/destination.ts";
import { type Html, html } from "../oauth/html.ts";
import type { Page } from "../oauth/page.ts";
import { buttonLink, buttonRow, hiddenFields } from "../oauth/page-parts.ts";

/** What somebody with that role does there, in a person's words. */
const roleWords: Readonly<Record<InviteRole, (who: string | Said) => Said>> = {
	admin: (who) =>
		say("{who} invites you to this workspace as an admin: you can also invite and remove people.", { who }),
	member: (who) =>
		say("{who} invites you to this workspace as a member: you can save, connect accounts and set up tables.", { who }),
	viewer: (who) => say("{who} invites you to this workspace as a viewer: you can look, and change nothing.", { who }),
};

type InviteView = { invitation: Invitation; path: string; formToken: string };

/** The link was opened and nobody is signed in here: they sign in first, and come back to this page. */
export function invitePage({ invitation, path }: Omit<InviteView, "formToken">): Page {
	const address = (screen: Screen) => pageAddress({ kind: "invite", path }, screen);
	const body = html`${heading(invitation)}
<p>${say("Sign in to join, or create an account first.")}</p>
${buttonRow([
	buttonLink({ href: address("sign-in"), label: say("Sign in"), main: true }),
	buttonLink({ href: address("sign-up"), label: say("Create an account") }),
])}`;
	return { title: say("An invitation"), body };
}

/** Somebody is signed in here: they say whether it is they who join. */
export function joinPage(view: InviteView & { email: string }): Page {
	const body = html`${heading(view.invitation)}
<form method="post" action="/invite/join">
${hiddenFields(view)}
<button type="submit">${view.email === "" ? say("Join") : say("Join as {email}", { email: view.email })}</button>
</form>
<form method="post" action="/oauth/sign-out">
${hiddenFields(view)}
<button type="submit" class="quiet">${say("Use another account")}</button>
</form>`;
	return { title: say("An invitation"), body };
}

/** Where to go on: this page cannot switch the extension's workspace, only the person can. */
export function joinedPage(workspaceName: string): Page {
	const body = html`<h1>${say("You are in {workspaceName}", { workspaceName })}</h1>
<p>${say("To work in it, click Sheaf’s icon in the browser’s toolbar, open Options, and switch to “{workspaceName}” under Workspace.", { workspaceName })}</p>
<p>${say("You can close this page.")}</p>`;
	return { title: say("Joined"), body };
}

/** The same for a link that never was, has run out, was used or was taken back. */
export function noInvitePage(): Page {
	const title = say("This invitation cannot be used");
	const body = html`<h1>${title}</h1>
<p>${say("It is not there, has run out, was used or was taken back. Ask for a new one.")}</p>`;
	return { title, body, status: 404 };
}

function heading({ workspaceName, role, inviter }: Invitation): Html {
	const who = inviter === "" ? say("Somebody") : inviter;
	return html`<h1>${say("Join {workspaceName}", { workspaceName })}</h1>
<p>${roleWords[role](who)}</p>`;
}
