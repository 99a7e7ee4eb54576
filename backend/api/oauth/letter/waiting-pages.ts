import { letterMinutes } from "../../../identity/password/email-challenges.ts";
import { minPasswordLength } from "../../../identity/passwords.ts";
import type { Mail } from "../../../mail/mail.ts";
import { pageAddress } from "../destination.ts";
import { type Html, html } from "../html.ts";
import type { Page } from "../page.ts";
import { buttonLink, buttonRow, codeField, hiddenField, hiddenFields, notice, textField } from "../page-parts.ts";
import { type OpenDestination, pageOf } from "../sign-in-page.ts";
import { forgotAddress } from "./forgot-address.ts";

/** A letter that a window waits for. `mail`: whether it was sent, or its link printed where the backend runs. */
export type WaitingLetter = { email: string; waiting: string; mail: Mail["kind"] };

/** `problem` is about that field, or about none. */
export type FormProblem = { text: string; field: string };

/** Every page of a window that leads somewhere. */
type Framed = { destination: OpenDestination; formToken: string; problem?: FormProblem };

const frameFields = ({ destination, formToken }: Framed) => hiddenFields({ formToken, path: destination.path });
const problemOf = ({ problem }: Framed) => (problem === undefined ? null : notice("problem", problem.text));

/** After a sign-up: the same words whether the address is new or known. */
export function codePage(view: Framed & { letter: WaitingLetter }): Page {
	const { letter, problem, destination } = view;
	const body = html`<h1>${letter.mail === "sent" ? "Check your e-mail" : "Confirm your e-mail"}</h1>
${whereTo(letter, "a code")}
${problemOf(view)}
<form method="post" action="/oauth/sign-up/code">
${frameFields(view)}
${hiddenField("waiting", letter.waiting)}
${
	letter.mail === "printed"
		? null
		: codeField(
				{
					name: "code",
					label: "Code",
					hint: "Or open the letter’s link, and then press Continue here without a code.",
					focused: true,
					wrong: problem?.field === "code",
				},
				{ letters: false, required: false },
			)
}
<button type="submit">Continue</button>
</form>
${noLetter(letter, pageAddress(destination, "sign-up"))}`;
	return pageOf(destination, { title: "Check your e-mail", body });
}

/** "Forgot your password?": asks whose. */
export function forgotPage(view: Framed & { email: string }): Page {
	const body = html`<h1>Set a new password</h1>
<p>Where do you get your e-mail? A letter with a code comes to that address.</p>
${problemOf(view)}
<form method="post" action="/oauth/forgot">
${frameFields(view)}
${textField(
	{ name: "email", label: "E-mail", value: view.email, focused: true, wrong: view.problem?.field === "email" },
	html`type="email" autocomplete="username" required maxlength="254"`,
)}
<button type="submit">Send the letter</button>
</form>
<p class="foot"><a href="${pageAddress(view.destination, "sign-in")}">Back to sign-in</a></p>`;
	return pageOf(view.destination, { title: "Set a new password", body });
}

/** After that: the same words whether there is an account or not. */
export function newPasswordPage(view: Framed & { letter: WaitingLetter }): Page {
	const { letter, destination } = view;
	const signIn = pageAddress(destination, "sign-in");
	const body = html`<h1>${letter.mail === "sent" ? "Check your e-mail" : "Set a new password"}</h1>
${whereTo(letter, "a code, if there is an account")}
${letter.mail === "printed" ? null : resetForm(view)}
<p class="foot">Did you set it with the link? <a href="${signIn}">Sign in</a> with it.</p>
${noLetter(letter, forgotAddress(destination))}`;
	return pageOf(destination, { title: "Set a new password", body });
}

function resetForm(view: Framed & { letter: WaitingLetter }): Html {
	const { letter, problem } = view;
	return html`${problemOf(view)}
<form method="post" action="/oauth/reset">
${frameFields(view)}
${hiddenField("waiting", letter.waiting)}
${codeField(
	{ name: "code", label: "Code", focused: problem?.field !== "password", wrong: problem?.field === "code" },
	{ letters: false, required: true },
)}
${newPasswordField(problem)}
<button type="submit">Set password and sign in</button>
</form>`;
}

/** Nothing more can be done with this letter: run out, used, or tried too often. */
export function letterOverPage(view: { destination: OpenDestination; again: string }): Page {
	const body = html`<h1>This letter cannot be used any more</h1>
<p>Its code was used, tried too often, or is older than ${String(letterMinutes)} minutes. Nothing was changed.</p>
${buttonRow([
	buttonLink({ href: view.again, label: "Get a new letter", main: true }),
	buttonLink({ href: pageAddress(view.destination, "sign-in"), label: "Sign in" }),
])}`;
	return { title: "This letter cannot be used any more", body };
}

/** Somebody proved the address by another letter while this window waited. */
export function takenPage(destination: OpenDestination): Page {
	const body = html`<h1>You have an account already</h1>
<p>It was made while this window waited. Sign in to go on.</p>
${buttonRow([buttonLink({ href: pageAddress(destination, "sign-in"), label: "Sign in", main: true })])}`;
	return { title: "You have an account already", body };
}

/** @param problem the page's, if it is about this field */
export function newPasswordField(problem: FormProblem | undefined): Html {
	const wrong = problem?.field === "password";
	return textField(
		{
			name: "password",
			label: "New password",
			hint: `At least ${minPasswordLength} characters. A few words are easy to remember.`,
			wrong,
			focused: wrong,
		},
		html`type="password" autocomplete="new-password" required minlength="${String(minPasswordLength)}"`,
	);
}

function whereTo({ email, mail }: WaitingLetter, what: string): Html {
	return mail === "sent"
		? html`<p>We sent a letter to <strong>${email}</strong> with ${what}.</p>`
		: html`<p>This Sheaf sends no letters. Whoever runs it finds the link of yours printed where it runs, for <strong>${email}</strong>.</p>`;
}

function noLetter({ mail }: WaitingLetter, again: string): Html | null {
	if (mail === "printed") return null;
	return html`<p class="foot">Nothing there after a minute? Look into the spam folder, or <a href="${again}">begin again</a>.</p>`;
}
