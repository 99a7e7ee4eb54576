import type { WayIn } from "../../contract/ways-in.ts";
import { minPasswordLength } from "../../identity/passwords.ts";
import { type Onward, pageAddress, type Screen } from "./destination.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./page.ts";
import { notice } from "./page-parts.ts";
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
	note?: string;
	/** What was typed before, so that it need not be typed again. */
	email?: string;
	problem?: { text: string; field: "email" | "password" | "both" };
};

/**
 * E-mail and password, with sign-in and sign-up as two tabs of one page. Shown again with a problem it is answered 200 like the
 * first time: Chrome closes the window of `launchWebAuthFlow` at any answer of 400 or more, without a word to the person.
 */
export function signInPage(view: SignInView): Page {
	const { destination, screen, problem } = view;
	const title = screen === "sign-in" ? "Sign in" : "Create an account";
	const body = html`<h1>${title}</h1>
<p>Your captures then reach your own tables, from every browser you sign in to.</p>
${view.note === undefined ? null : notice("note", view.note)}
${upstreamButtons({ ways: view.ways, formToken: view.formToken, path: destination.path })}
<nav aria-label="Sign in or create an account">
${tab(view, "sign-in", "Sign in")}
${tab(view, "sign-up", "Create account")}
</nav>
${problem ? html`<p class="problem" role="alert" id="problem">${problem.text}</p>` : null}
<form method="post" action="/oauth/${screen}">
${hiddenFields(view)}
${emailField(view)}
${passwordField(view)}
<button type="submit">${screen === "sign-in" ? "Sign in" : "Create account"}</button>
</form>`;
	return pageOf(destination, { title, body });
}

/** Somebody is signed in here already: they say whether it is they who go on. */
export function continuePage(view: { destination: OpenDestination; formToken: string; email: string }): Page {
	const body = html`<h1>Continue to Sheaf</h1>
<p>Somebody is signed in here in this browser.</p>
<form method="post" action="/oauth/continue">
${hiddenFields(view)}
<button type="submit">Continue as ${view.email}</button>
</form>
<form method="post" action="/oauth/sign-out">
${hiddenFields(view)}
<button type="submit" class="quiet">Use another account</button>
</form>`;
	return pageOf(view.destination, { title: "Continue", body });
}

/** Forms of a page on the way to a client end at its redirect. */
export function pageOf({ leadsTo }: OpenDestination, page: { title: string; body: Html }): Page {
	return leadsTo === undefined ? page : { ...page, leadsTo };
}

function tab({ destination, screen }: SignInView, of: Screen, label: string): Html {
	const address = pageAddress(destination, of);
	return screen === of
		? html`<a href="${address}" aria-current="page">${label}</a>`
		: html`<a href="${address}">${label}</a>`;
}

function hiddenFields({ destination, formToken }: { destination: OpenDestination; formToken: string }): Html {
	return html`<input type="hidden" name="form_token" value="${formToken}">
<input type="hidden" name="continue" value="${destination.path}">`;
}

function emailField({ email, problem }: SignInView): Html {
	const wrong = problem?.field === "email" || problem?.field === "both";
	return html`<div class="field">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${email ?? ""}"${focus(!email)}${invalid(wrong)}>
</div>`;
}

function passwordField(view: SignInView): Html {
	const { screen, problem } = view;
	const wrong = problem?.field === "password" || problem?.field === "both";
	if (screen === "sign-in") {
		return html`<div class="field">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focus(Boolean(view.email))}${invalid(wrong)}>
</div>`;
	}
	return html`<div class="field">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${String(minPasswordLength)}"${focus(Boolean(view.email))}${invalid(wrong, "password-hint")}>
<p class="hint" id="password-hint">At least ${String(minPasswordLength)} characters.</p>
</div>`;
}

/** Where typing starts: the first field that is still empty. */
function focus(here: boolean): Html | null {
	return here ? html` autofocus` : null;
}

/** Ties a field to the text that explains it, for those who do not see the two side by side. */
function invalid(wrong: boolean, hint?: string): Html | null {
	const described = [wrong ? "problem" : null, hint ?? null].filter((id) => id !== null).join(" ");
	const description = described === "" ? null : html` aria-describedby="${described}"`;
	return wrong ? html` aria-invalid="true"${description}` : description;
}
