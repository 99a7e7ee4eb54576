import type { WayIn } from "../../contract/ways-in.ts";
import { minPasswordLength } from "../../identity/passwords.ts";
import { type Said, say } from "../../words/say.ts";
import { type Onward, pageAddress, type Screen } from "./destination.ts";
import { type Html, html } from "./html.ts";
import { forgotAddress } from "./letter/forgot-address.ts";
import type { Page } from "./page.ts";
import { hiddenFields, notice, textField } from "./page-parts.ts";
import { upstreamButtons } from "./upstream/upstream-buttons.ts";

/** A page for this destination is being shown; `leadsTo` is a client's redirect. */
export type OpenDestination = Pick<Onward, "kind" | "path"> & { leadsTo?: string };

export type SignInView = {
	destination: OpenDestination;
	formToken: string;
	screen: Screen;
	/** The ways in through somebody else. */
	ways: readonly WayIn[];
	/** What else there is to say, where nothing is wrong. */
	note?: Said;
	/** What was typed before, so that it need not be typed again. */
	email?: string;
	problem?: { text: Said; field: "email" | "password" | "both" };
};

/** What signing in is good for, by where it leads. */
const leads: Readonly<Record<Onward["kind"], Said>> = {
	client: say("Your captures then reach your own tables, from every browser you sign in to."),
	dashboard: say("The queues are shown to those who run this server."),
	device: say("You can then let your device in."),
	invite: say("You can then join the workspace you are invited to."),
	link: say("You can then add another way to sign in."),
};

/**
 * The ways in, for signing in or for a new account, each a link away from the other. Shown again with a problem it is answered 200 like the
 * first time: Chrome closes the window of `launchWebAuthFlow` at any answer of 400 or more, without a word to the person.
 */
export function signInPage(view: SignInView): Page {
	const { destination, screen, formToken, problem } = view;
	const { path } = destination;
	const [heading, title] =
		screen === "sign-in"
			? [say("Sign in to Sheaf"), say("Sign in")]
			: [say("Create your account"), say("Create account")];
	const body = html`<h1>${heading}</h1>
<p>${leads[destination.kind]}</p>
${view.note === undefined ? null : notice("note", view.note)}
${upstreamButtons({ ways: view.ways, formToken, path })}
${problem ? notice("problem", problem.text) : null}
<form method="post" action="/oauth/${screen}">
${hiddenFields({ formToken, path })}
${emailField(view)}
${screen === "sign-in" ? currentPassword(view) : newPassword(view)}
<button type="submit">${title}</button>
</form>
${otherScreen(view)}`;
	return pageOf(destination, { title, body });
}

/** Somebody is signed in here already: they say whether it is they who go on. */
export function continuePage(view: { destination: OpenDestination; formToken: string; email: string }): Page {
	const { destination, formToken, email } = view;
	const hidden = hiddenFields({ formToken, path: destination.path });
	const body = html`<h1>${say("Continue to Sheaf")}</h1>
<p>${say("You are signed in here already.")}</p>
<form method="post" action="/oauth/continue">
${hidden}
<button type="submit">${email === "" ? say("Continue") : say("Continue as {email}", { email })}</button>
</form>
<form method="post" action="/oauth/sign-out">
${hidden}
<button type="submit" class="quiet">${say("Use another account")}</button>
</form>`;
	return pageOf(destination, { title: say("Continue"), body });
}

/** Forms of a page on the way to a client end at its redirect. */
export function pageOf({ leadsTo }: OpenDestination, page: { title: Said; body: Html }): Page {
	return leadsTo === undefined ? page : { ...page, leadsTo };
}

function otherScreen({ destination, screen }: SignInView): Html {
	const [question, to, label] =
		screen === "sign-in"
			? ([say("New to Sheaf?"), "sign-up", say("Create account")] as const)
			: ([say("Have an account?"), "sign-in", say("Sign in")] as const);
	return html`<nav aria-label="${say("Sign in or create an account")}">${question} <a href="${pageAddress(destination, to)}">${label}</a></nav>`;
}

function emailField({ email, problem }: SignInView): Html {
	return textField(
		{
			name: "email",
			label: say("E-mail"),
			value: email ?? "",
			// Typing starts in the first field that is still empty.
			focused: !email || problem?.field === "email",
			wrong: problem?.field === "email" || problem?.field === "both",
		},
		html`type="email" autocomplete="username" required maxlength="254"`,
	);
}

const password = { name: "password", label: say("Password") };

function currentPassword({ destination, email, problem }: SignInView): Html {
	return textField(
		{
			...password,
			aside: html`<a href="${forgotAddress(destination)}">${say("Forgot your password?")}</a>`,
			focused: Boolean(email),
			wrong: problem?.field === "password" || problem?.field === "both",
		},
		html`type="password" autocomplete="current-password" required`,
	);
}

function newPassword({ email, problem }: SignInView): Html {
	return textField(
		{
			...password,
			hint: say("At least {min} characters. A few words are easy to remember.", { min: minPasswordLength }),
			focused: Boolean(email) && problem?.field !== "email",
			wrong: problem?.field === "password" || problem?.field === "both",
		},
		html`type="password" autocomplete="new-password" required minlength="${String(minPasswordLength)}"`,
	);
}
