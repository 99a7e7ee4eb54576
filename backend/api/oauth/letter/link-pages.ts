import { letterMinutes } from "../../../identity/password/email-challenges.ts";
import { html } from "../html.ts";
import type { Page } from "../page.ts";
import { hiddenField, notice } from "../page-parts.ts";
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
				"Press it only if you are creating this account yourself, just now: the window where that was begun then goes on.",
			)
		: null;
	const body = html`<h1>Is this your e-mail?</h1>
<p>Confirm that <strong>${view.email}</strong> is yours and that you want to use it for Sheaf.</p>
${caution}
<form method="post" action="/oauth/letter">
${fieldsOf(view)}
<button type="submit">Confirm this address</button>
</form>
<p class="foot">If it was not you, close this page: nothing happens.</p>`;
	return { title: "Is this your e-mail?", body };
}

export function linkPasswordPage(view: LinkView): Page {
	const { problem } = view;
	const body = html`<h1>Set a new password</h1>
<p>For <strong>${view.email}</strong>. You will be signed out everywhere else.</p>
${problem === undefined ? null : notice("problem", problem.text)}
<form method="post" action="/oauth/letter">
${fieldsOf(view)}
<input type="hidden" autocomplete="username" value="${view.email}">
${newPasswordField(problem)}
<button type="submit">Set password</button>
</form>
<p class="foot">If you did not ask for it, close this page: your password stays as it is.</p>`;
	return { title: "Set a new password", body };
}

/** The account is there. Either the window that waits goes on, or the person signs in where they began. */
export function accountMadePage(): Page {
	const body = html`<h1>Your account is ready</h1>
<p>Go back to the window where you began and press <strong>Continue</strong> there, without a code.</p>
<p>If it is closed: press Sign in in the extension, and use your e-mail and password.</p>`;
	return { title: "Your account is ready", body };
}

export function confirmedPage(email: string): Page {
	const body = html`<h1>Your e-mail is confirmed</h1>
<p><strong>${email}</strong> is yours. You can close this page.</p>`;
	return { title: "Your e-mail is confirmed", body };
}

export function notConfirmedPage(): Page {
	const body = html`<h1>This address could not be confirmed</h1>
<p>Another account has proven that it is theirs, or yours has another address by now. Nothing was changed.</p>`;
	return { title: "This address could not be confirmed", body };
}

export function passwordSetPage(): Page {
	const body = html`<h1>Your password is set</h1>
<p>You were signed out everywhere. Go back to the window where you began, or press Sign in in the extension, and use the new password.</p>`;
	return { title: "Your password is set", body };
}

/** The same for a link that never was, was used, or has run out. */
export function deadLinkPage(): Page {
	const body = html`<h1>This link cannot be used any more</h1>
<p>It was used already, or is older than ${String(letterMinutes)} minutes. Begin again where you came from: press Sign in in the extension, then Create account or Forgot your password?</p>`;
	return { title: "This link cannot be used any more", body };
}
