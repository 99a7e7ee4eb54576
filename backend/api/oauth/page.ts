import { directionOf } from "../../words/languages.ts";
import { type Said } from "../../words/say.ts";
import { type Content, type Html, html, trusted } from "./html.ts";
import { languageOf } from "./page-language.ts";
import { buttonLink, buttonRow } from "./page-parts.ts";
import { pageStyle, pageStyleHash } from "./page-style.ts";

/** The `set` of an Elysia context, as far as a page needs it. */
export type PageSet = {
	status?: number | string;
	headers: Record<string, string | number | string[] | undefined>;
};

/** Whom a page answers: their browser says which language they read. */
export type PageCall = { request: Pick<Request, "headers">; set: PageSet };

export type Page = {
	title: Said;
	body: Html;
	status?: number;
	/** Where a form of this page may lead besides this backend: Chrome checks the redirect after a form too. */
	leadsTo?: string;
};

const mark = trusted(
	'<svg width="22" height="22" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" ' +
		'stroke-linecap="round" aria-hidden="true"><path d="M3.2 2c.6 3.4 2.3 5 2.3 6s-1.1 3-1.6 6M8 2v12M12.8 2c-.6 ' +
		'3.4-2.3 5-2.3 6s1.1 3 1.6 6M4.6 8h6.8"/></svg>',
);

/** Answers with a page in the person's language that runs no script, loads nothing and cannot be framed. */
export function showPage({ request, set }: PageCall, { title, body, status = 200, leadsTo }: Page): string {
	set.status = status;
	const language = languageOf(request);
	set.headers["content-language"] = language;
	set.headers["content-type"] = "text/html; charset=utf-8";
	set.headers["content-security-policy"] = [
		"default-src 'none'",
		`style-src ${pageStyleHash}`,
		"img-src data:",
		`form-action 'self'${leadsTo === undefined ? "" : ` ${new URL(leadsTo).origin}`}`,
		"frame-ancestors 'none'",
		"base-uri 'none'",
	].join("; ");
	// The style's element holds exactly the hashed text: not a space more.
	const page = html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sheaf</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle)}</style>
</head>
<body>
<main>
<div class="brand">${mark} Sheaf</div>
${body}
</main>
</body>
</html>
`;
	return page.markupIn(language);
}

/** `next`: the button that goes on. */
/** The button that goes on. */
export type Next = { href: string; label: Said };
export type Message = { title: Said; text: Content; status: number; next?: Next };

/** A page that says what happened and what to do; nobody is sent anywhere. */
export function showMessage(call: PageCall, { title, text, status, next }: Message): string {
	const button = next ? buttonRow([buttonLink({ ...next, main: true })]) : null;
	return showPage(call, { title, status, body: html`<h1>${title}</h1>\n<p>${text}</p>\n${button}` });
}

/**
 * On to another address by a page that goes there by itself. A form led here or will have: Chrome holds every redirect after a form
 * against the policy of the form's page, and that page (ours, or an upstream's) cannot know each address on the way.
 */
export function sendByPage(call: PageCall, address: string, page: Page): string {
	call.set.headers["refresh"] = `0; url=${address}`;
	return showPage(call, page);
}

/** On to another address, with GET. */
export function sendTo(set: PageSet, address: string): string {
	set.status = 303;
	set.headers["location"] = address;
	return "";
}
