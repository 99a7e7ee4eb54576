import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import german from "../../words/de.json" with { type: "json" };
import { createApp } from "../app.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { authorizePath, hiddenFields, makePkce, redirectUri, TestBrowser } from "../testing/test-person.ts";

const nobodysToken = "x".repeat(43);

/** How each page is asked for. A page that is not here fails the first test. */
const asks: Readonly<Record<string, string>> = {
	"GET /": "/",
	"GET /oauth/authorize": authorizePath(makePkce()),
	"GET /oauth/sign-in": "/oauth/sign-in",
	"GET /oauth/forgot": "/oauth/forgot",
	"GET /oauth/letter/:link": `/oauth/letter/${nobodysToken}`,
	"GET /oauth/callback/:id": `/oauth/callback/google?state=${nobodysToken}&code=x`,
	"GET /oauth/link": `/oauth/link?ticket=${nobodysToken}`,
	"GET /connections/start": `/connections/start?ticket=${nobodysToken}`,
	"GET /connections/callback": `/connections/callback?state=${nobodysToken}&code=x`,
	"GET /device": "/device",
	"GET /invite/:token": `/invite/${nobodysToken}`,
};

/** Where forms are sent, and what a person typed into them. */
const forms: Readonly<Record<string, { path: string; fields: Record<string, string> }>> = {
	"POST /oauth/sign-in": { path: "/oauth/sign-in", fields: { email: "a@b.test", password: "wrong password" } },
	"POST /oauth/sign-up": { path: "/oauth/sign-up", fields: { email: "walk@b.test", password: "a good long password" } },
	"POST /oauth/sign-up/code": { path: "/oauth/sign-up/code", fields: { waiting: nobodysToken, code: "12345678" } },
	"POST /oauth/forgot": { path: "/oauth/forgot", fields: { email: "a@b.test" } },
	"POST /oauth/reset": {
		path: "/oauth/reset",
		fields: { waiting: nobodysToken, code: "1", password: "long enough x" },
	},
	"POST /oauth/letter": { path: "/oauth/letter", fields: { link: nobodysToken } },
	"POST /oauth/continue": { path: "/oauth/continue", fields: {} },
	"POST /oauth/sign-out": { path: "/oauth/sign-out", fields: {} },
	"POST /oauth/upstream/:id": { path: "/oauth/upstream/google", fields: {} },
	"POST /oauth/link": { path: "/oauth/link", fields: { continue: `/oauth/link?ticket=${nobodysToken}` } },
	"POST /connections/start": { path: "/connections/start", fields: { ticket: nobodysToken } },
	"POST /device": { path: "/device", fields: { continue: "/device", user_code: "WDJB-MJHT" } },
	"POST /invite/join": { path: "/invite/join", fields: { continue: `/invite/${nobodysToken}` } },
};

/** For programs: they answer JSON or text, and the closed policy of everything that is no page. */
const noPages = new Set([
	"GET /healthz",
	"GET /readyz",
	"GET /metrics",
	"GET /openapi.json",
	"GET /.well-known/oauth-authorization-server",
	"GET /oauth/jwks",
	"POST /oauth/token",
	"POST /oauth/revoke",
	"POST /oauth/device_authorization",
	"POST /webhooks/clerk",
	"POST /triggers/:workspaceId/:publicId",
]);

const variables = { SHEAF_GOOGLE_CLIENT_ID: "a client", SHEAF_GOOGLE_CLIENT_SECRET: "its secret" };
let backends: { local: TestBackend; secure: TestBackend };
beforeAll(async () => {
	const [local, secure] = await Promise.all([
		startTestBackend({ variables }),
		startTestBackend({ variables: { ...variables, SHEAF_PUBLIC_URL: "https://sheaf.example" } }),
	]);
	backends = { local, secure };
});
afterAll(async () => {
	await Promise.all([backends.local.close(), backends.secure.close()]);
});

test("SEC-1: the walk knows every page and form there is", async () => {
	const { routes } = await createApp(backends.local.deps);
	const all = routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !route.includes(" /api/"));
	const known = [...Object.keys(asks), ...Object.keys(forms), ...noPages];
	expect(all.toSorted()).toEqual(known.toSorted());
});

/** What a page would say in English, as far as it is too long to be a name. */
const englishSentences = Object.keys(german).filter((text) => text.length > 14 && !text.includes("{"));

describe("J5: every page is in the language of whoever reads it", () => {
	for (const [route, path] of Object.entries(asks)) {
		test(`J5: ${route}, from the right to the left`, async () => {
			const headers = { "accept-language": "ar-EG,ar;q=0.9,en;q=0.5" };
			const answer = await fetch(backends.local.url + path, { headers, redirect: "manual" });
			// On to the sign-in, which is among these.
			if (answer.status === 303) return;
			const page = await answer.text();
			expect(page).toContain('<html lang="ar" dir="rtl">');
			expect(answer.headers.get("content-language")).toBe("ar");
			const [, body = ""] = page.split("<body>");
			expect(body).toMatch(/<h1>[^<]*\p{Script=Arabic}/u);
			expect(englishSentences.filter((text) => body.includes(text))).toEqual([]);
		});
	}
});

const kinds = ["local", "secure"] as const;

/** What this answer lacks; nothing, it is to be hoped. */
function lacks(answer: Response, kind: (typeof kinds)[number]): string[] {
	const missing: string[] = [];
	const policy = (answer.headers.get("content-security-policy") ?? "").split("; ");
	for (const directive of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
		if (!policy.includes(directive)) missing.push(directive);
	}
	const styles = policy.find((directive) => directive.startsWith("style-src")) ?? "style-src 'sha256-";
	if (!styles.startsWith("style-src 'sha256-") || /script-src|unsafe|\*/.test(policy.join()))
		missing.push("strictness");
	const targets = policy.find((directive) => directive.startsWith("form-action"));
	const client = new URL(redirectUri).origin;
	if (!["form-action 'none'", "form-action 'self'", `form-action 'self' ${client}`].includes(targets ?? ""))
		missing.push(`form-action: ${targets}`);
	const headers: Record<string, string> = {
		"x-content-type-options": "nosniff",
		"x-frame-options": "DENY",
		"referrer-policy": "same-origin",
		"cache-control": "no-store",
		"cross-origin-opener-policy": "same-origin",
		"cross-origin-resource-policy": "same-origin",
	};
	for (const [name, value] of Object.entries(headers)) if (answer.headers.get(name) !== value) missing.push(name);
	if (answer.headers.has("strict-transport-security") !== (kind === "secure"))
		missing.push("strict-transport-security");
	for (const cookie of answer.headers.getSetCookie()) {
		const parts = cookie.split("; ");
		const flags = ["HttpOnly", "SameSite=Lax", "Path=/", ...(kind === "secure" ? ["Secure"] : [])];
		if (!flags.every((flag) => parts.includes(flag)) || /domain=/i.test(cookie)) missing.push(`cookie ${cookie}`);
		if (cookie.startsWith("__Host-") !== (kind === "secure")) missing.push(`prefix of ${cookie}`);
	}
	return missing;
}

/** A browser with a form of ours open. */
async function withForm(backend: TestBackend) {
	const browser = new TestBrowser(backend.url);
	const page = await (await browser.get(`${authorizePath(makePkce())}&screen=sign-in`)).text();
	return { browser, hidden: hiddenFields(page), origin: new URL(backend.deps.env.publicUrl).origin };
}

describe.each([...kinds])("SEC-1: every page of a backend that is %s", (kind) => {
	for (const [route, path] of Object.entries(asks)) {
		test(`SEC-1: ${route} has its headers, and no script`, async () => {
			const answer = await new TestBrowser(backends[kind].url).get(path);
			expect(lacks(answer, kind)).toEqual([]);
			const text = await answer.text();
			expect(text).not.toMatch(/<script|<iframe|javascript:|\son\w+=/i);
			if (answer.status !== 303) expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
		});
	}

	for (const [route, { path, fields }] of Object.entries(forms)) {
		test(`SEC-1: ${route} has its headers, and does nothing for a page elsewhere`, async () => {
			const { browser, hidden, origin } = await withForm(backends[kind]);
			const letters = backends[kind].mailBox.letters.length;
			const filled = { ...hidden, ...fields };
			const forgeries = [
				await browser.post(path, { ...filled, form_token: "" }, { origin }),
				await browser.post(path, { ...filled, form_token: nobodysToken }, { origin }),
				await browser.post(path, filled, { origin: "https://attacker.example" }),
				await browser.post(path, filled, { origin, "sec-fetch-site": "cross-site" }),
				await new TestBrowser(backends[kind].url).post(path, filled, { origin }),
			];
			for (const answer of forgeries) {
				expect(lacks(answer, kind)).toEqual([]);
				// A page and not 403: Chrome would close the sign-in window without a word.
				expect(answer.status).toBe(200);
				expect(answer.headers.getSetCookie()).toEqual([]);
				expect(await answer.text()).toContain("This form cannot be used any more");
			}
			expect(backends[kind].mailBox.letters).toHaveLength(letters);
			const own = await browser.post(path, filled, { origin });
			expect(lacks(own, kind)).toEqual([]);
			expect(await own.text()).not.toContain("This form cannot be used any more");
		});
	}
});
