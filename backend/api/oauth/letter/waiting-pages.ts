import { letterMinutes } from "../../../identity/password/email-challenges.ts";
import { minPasswordLength } from "../../../identity/passwords.ts";
import type { Mail } from "../../../mail/mail.ts";
import { type Said, say } from "../../../words/say.ts";
import { pageAddress } from "../destination.ts";
import { type Html, html } from "../html.ts";
import type { Page } from "../page.ts";
import {
	buttonLink,
	buttonRow,
	codeField,
	hiddenField,
	hiddenFields,
	notice,
	strong,
	textField,
} from "../page-parts.ts";
import { type OpenDestination, pageOf } from "../sign-in-page.ts";
import { forgotAddress } from "./forgot-address.ts";

/** A letter that a window waits for. `mail`: whether it was sent, or its link printed where the backend runs. */
export type WaitingLetter = { email: string; waiting: string; mail: Mail["kind"] };

/** `problem` is about that field, or about none. */
export type FormProblem = { text: Said; field: string };

/** Every page of a window that leads somewhere. */
type Framed = { destination: OpenDestination; formToken: string; problem?: FormProblem };

const frameFields = ({ destination, formToken }: Framed) => hiddenFields({ formToken, path: destination.path });
const problemOf = ({ problem }: Framed) => (problem === undefined ? null : notice("problem", problem.text));

/** After a sign-up: the same words whether the address is new or known. */
export function codePage(view: Framed & { letter: WaitingLetter }): Page {
	const { letter, problem, destination } = view;
	const body = html`<h1>${letter.mail === "sent" ? say("Check your e-mail") : say("Confirm your e-mail")}</h1>
${whereTo(letter, say("We sent a letter to {email} with a code.", { email: strong(letter.email) }))}
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
					label: say("Code"),
					hint: say("Or open the letter’s link, and then press Continue here without a code."),
					focused: true,
					wrong: problem?.field === "code",
				},
				{ letters: false, required: false },
			)
}
<button type="submit">${say("Continue")}</button>
</form>
${noLetter(letter, pageAddress(destination, "sign-up"))}`;
	return pageOf(destination, { title: say("Check your e-mail"), body });
}

/** "Forgot your password?": asks whose. */
export function forgotPage(view: Framed & { email: string }): Page {
	const body = html`<h1>${say("Set a new password")}</h1>
<p>${say("Where do you get your e-mail? A letter with a code comes to that address.")}</p>
${problemOf(view)}
<form method="post" action="/oauth/forgot">
${frameFields(view)}
${textField(
	{ name: "email", label: say("E-mail"), value: view.email, focused: true, wrong: view.problem?.field === "email" },
	html`type="email" autocomplete="username" required maxlength="254"`,
)}
<button type="submit">${say("Send the letter")}</button>
</form>
<p class="foot"><a href="${pageAddress(view.destination, "sign-in")}">${say("Back to sign-in")}</a></p>`;
	return pageOf(view.destination, { title: say("Set a new password"), body });
}

/** After that: the same words whether there is an account or not. */
export function newPasswordPage(view: Framed & { letter: WaitingLetter }): Page {
	const { letter, destination } = view;
	const signIn = pageAddress(destination, "sign-in");
	const body = html`<h1>${letter.mail === "sent" ? say("Check your e-mail") : say("Set a new password")}</h1>
${whereTo(letter, say("We sent a letter to {email} with a code, if there is an account.", { email: strong(letter.email) }))}
${letter.mail === "printed" ? null : resetForm(view)}
<p class="foot">${say("Did you set it with the link? {signIn} with it.", { signIn: html`<a href="${signIn}">${say("Sign in")}</a>` })}</p>
${noLetter(letter, forgotAddress(destination))}`;
	return pageOf(destination, { title: say("Set a new password"), body });
}

function resetForm(view: Framed & { letter: WaitingLetter }): Html {
	const { letter, problem } = view;
	return html`${problemOf(view)}
<form method="post" action="/oauth/reset">
${frameFields(view)}
${hiddenField("waiting", letter.waiting)}
${codeField(
	{ name: "code", label: say("Code"), focused: problem?.field !== "password", wrong: problem?.field === "code" },
	{ letters: false, required: true },
)}
${newPasswordField(problem)}
<button type="submit">${say("Set password and sign in")}</button>
</form>`;
}

/** Nothing more can be done with this letter: run out, used, or tried too often. */
export function letterOverPage(view: { destination: OpenDestination; again: string }): Page {
	const title = say("This letter cannot be used any more");
	const body = html`<h1>${title}</h1>
<p>${say("Its code was used, tried too often, or is older than {minutes} minutes. Nothing was changed.", { minutes: letterMinutes })}</p>
${buttonRow([
	buttonLink({ href: view.again, label: say("Get a new letter"), main: true }),
	buttonLink({ href: pageAddress(view.destination, "sign-in"), label: say("Sign in") }),
])}`;
	return { title, body };
}

/** Somebody proved the address by another letter while this window waited. */
export function takenPage(destination: OpenDestination): Page {
	const title = say("You have an account already");
	const body = html`<h1>${title}</h1>
<p>${say("It was made while this window waited. Sign in to go on.")}</p>
${buttonRow([buttonLink({ href: pageAddress(destination, "sign-in"), label: say("Sign in"), main: true })])}`;
	return { title, body };
}

/** @param problem the page's, if it is about this field */
export function newPasswordField(problem: FormProblem | undefined): Html {
	const wrong = problem?.field === "password";
	return textField(
		{
			name: "password",
			label: say("New password"),
			hint: say("At least {min} characters. A few words are easy to remember.", { min: minPasswordLength }),
			wrong,
			focused: wrong,
		},
		html`type="password" autocomplete="new-password" required minlength="${String(minPasswordLength)}"`,
	);
}

/** @param sent what is said where letters are sent */
function whereTo({ email, mail }: WaitingLetter, sent: Said): Html {
	const printed = say(
		"This Sheaf sends no letters. Whoever runs it finds the link of yours printed where it runs, for {email}.",
		{ email: strong(email) },
	);
	return html`<p>${mail === "sent" ? sent : printed}</p>`;
}

function noLetter({ mail }: WaitingLetter, again: string): Html | null {
	if (mail === "printed") return null;
	const beginAgain = html`<a href="${again}">${say("begin again")}</a>`;
	return html`<p class="foot">${say("Nothing there after a minute? Look into the spam folder, or {beginAgain}.", { beginAgain })}</p>`;
}
