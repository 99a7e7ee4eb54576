import { letterMinutes } from "../../../identity/password/email-challenges.ts";
import { say } from "../../../words/say.ts";
import { html } from "../html.ts";
import type { Page } from "../page.ts";
import { hiddenField, notice, strong } from "../page-parts.ts";
import { type FormProblem, newPasswordField } from "./waiting-pages.ts";

/** A page behind a letter's link. It may have been opened by a program that looks at letters, so it only asks. */
export type LinkView = { email: string; link: string; formToken: string; problem?: FormProblem };

const fieldsOf = ({ link, formToken }: LinkView) => html`${hiddenField("form_token", formToken)}
${hiddenField("link", link)}`;

/** `waits`: another window goes on when the button is pressed. */
export function confirmPage(view: LinkView & { waits: boolean }): Page {
	const caution = view.waits
		? notice(
				"caution",
				say(
					"Press it only if you are creating this account yourself, just now: the window where that was begun then goes on.",
				),
			)
		: null;
	const title = say("Is this your e-mail?");
	const body = html`<h1>${title}</h1>
<p>${say("Confirm that {email} is yours and that you want to use it for Sheaf.", { email: strong(view.email) })}</p>
${caution}
<form method="post" action="/oauth/letter">
${fieldsOf(view)}
<button type="submit">${say("Confirm this address")}</button>
</form>
<p class="foot">${say("If it was not you, close this page: nothing happens.")}</p>`;
	return { title, body };
}

export function linkPasswordPage(view: LinkView): Page {
	const { problem } = view;
	const title = say("Set a new password");
	const body = html`<h1>${title}</h1>
<p>${say("For {email}. You will be signed out everywhere else.", { email: strong(view.email) })}</p>
${problem === undefined ? null : notice("problem", problem.text)}
<form method="post" action="/oauth/letter">
${fieldsOf(view)}
<input type="hidden" autocomplete="username" value="${view.email}">
${newPasswordField(problem)}
<button type="submit">${say("Set password")}</button>
</form>
<p class="foot">${say("If you did not ask for it, close this page: your password stays as it is.")}</p>`;
	return { title, body };
}

/** The account is there. Either the window that waits goes on, or the person signs in where they began. */
export function accountMadePage(): Page {
	const title = say("Your account is ready");
	const body = html`<h1>${title}</h1>
<p>${say("Go back to the window where you began and press {button} there, without a code.", { button: strong(say("Continue")) })}</p>
<p>${say("If it is closed: press Sign in in the extension, and use your e-mail and password.")}</p>`;
	return { title, body };
}

export function confirmedPage(email: string): Page {
	const title = say("Your e-mail is confirmed");
	const body = html`<h1>${title}</h1>
<p>${say("{email} is yours. You can close this page.", { email: strong(email) })}</p>`;
	return { title, body };
}

export function notConfirmedPage(): Page {
	const title = say("This address could not be confirmed");
	const body = html`<h1>${title}</h1>
<p>${say("Another account has proven that it is theirs, or yours has another address by now. Nothing was changed.")}</p>`;
	return { title, body };
}

export function passwordSetPage(): Page {
	const title = say("Your password is set");
	const body = html`<h1>${title}</h1>
<p>${say("You were signed out everywhere. Go back to the window where you began, or press Sign in in the extension, and use the new password.")}</p>`;
	return { title, body };
}

/** The same for a link that never was, was used, or has run out. */
export function deadLinkPage(): Page {
	const title = say("This link cannot be used any more");
	const body = html`<h1>${title}</h1>
<p>${say("It was used already, or is older than {minutes} minutes. Begin again where you came from: press Sign in in the extension, then Create account or Forgot your password?", { minutes: letterMinutes })}</p>`;
	return { title, body };
}
