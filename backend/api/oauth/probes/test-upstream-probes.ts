import { authorizePath, hiddenFields, makePkce, TestBrowser } from "../../testing/test-person.ts";
import { addressIn, type Probe, type ProbeGroup, pageAnswer, together } from "./test-probe.ts";
import { comeBack, leave, probe, refused, type Scene, someone } from "./test-upstream-scene.ts";

/** A sign-in whose ID token is wrong in one place. */
async function withClaims({ backend, google }: Scene, claims: Record<string, unknown>): Promise<string> {
	const browser = new TestBrowser(backend.url);
	return await comeBack(browser, google.authorize(await leave(browser), { ...someone(), ...claims }));
}

const flows: readonly Probe[] = [
	probe(
		"callback in another browser",
		{
			tries:
				"the attacker's own answer of the upstream is opened by the victim, who then works in the attacker's account",
			promised: refused,
		},
		async ({ backend, google }) => {
			const [attacker, victim] = [new TestBrowser(backend.url), new TestBrowser(backend.url)];
			await leave(victim);
			return await comeBack(victim, google.authorize(await leave(attacker), someone()));
		},
	),
	probe(
		"upstream's state swapped",
		{ tries: "no state, a made up one, one of another window, two of them", promised: refused },
		async ({ backend, google }) => {
			const browser = new TestBrowser(backend.url);
			const answers: string[] = [];
			for (const states of [[], ["x".repeat(43)], ["__proto__"], null]) {
				const callback = google.authorize(await leave(browser), someone());
				const [good = ""] = callback.searchParams.getAll("state");
				callback.searchParams.delete("state");
				for (const state of states ?? [good, good]) callback.searchParams.append("state", state);
				answers.push(await comeBack(browser, callback));
			}
			return together(answers);
		},
	),
	probe(
		"callback used again",
		{
			tries: "an answer of the upstream out of the history is opened once more",
			promised: `sent to the client with a code, signed in; ${refused}`,
		},
		async ({ backend, google }) => {
			const browser = new TestBrowser(backend.url);
			const callback = google.authorize(await leave(browser), someone());
			return together([await comeBack(browser, callback), await comeBack(browser, callback)]);
		},
	),
	probe(
		"callback of another upstream",
		{
			tries:
				"the answer of an upstream in the attacker's hands is taken for Google's (mix-up), and the other way round",
			promised: refused,
		},
		async ({ backend, google, oidc }) => {
			const browser = new TestBrowser(backend.url);
			const first = google.authorize(await leave(browser), someone());
			first.pathname = "/oauth/callback/oidc";
			const second = oidc.authorize(await leave(browser, "oidc"), someone());
			second.pathname = "/oauth/callback/google";
			const third = google.authorize(await leave(browser), someone());
			third.searchParams.set("iss", oidc.url);
			return together([
				await comeBack(browser, first),
				await comeBack(browser, second),
				await comeBack(browser, third),
			]);
		},
	),
	probe(
		"upstream's code injected",
		{ tries: "the attacker's code in the victim's own answer, with the victim's state", promised: refused },
		async ({ backend, google }) => {
			const [attacker, victim] = [new TestBrowser(backend.url), new TestBrowser(backend.url)];
			const stolen = google.authorize(await leave(attacker), someone()).searchParams.get("code") ?? "";
			const callback = google.authorize(await leave(victim), someone());
			callback.searchParams.set("code", stolen);
			return await comeBack(victim, callback);
		},
	),
	probe(
		"nonce of another flow",
		{ tries: "an ID token that was made for another sign-in, or for none", promised: refused },
		async (scene) =>
			together([
				await withClaims(scene, { nonce: "x".repeat(43) }),
				await withClaims(scene, { nonce: undefined }),
				await withClaims(scene, { nonce: "" }),
			]),
	),
	probe(
		"ID token for another app",
		{ tries: "an upstream's token for somebody else, of another issuer, expired, or about nobody", promised: refused },
		async (scene) =>
			together([
				await withClaims(scene, { aud: "somebody-else" }),
				await withClaims(scene, { aud: [scene.google.clientId, "other"], azp: "other" }),
				await withClaims(scene, { iss: scene.oidc.url }),
				await withClaims(scene, { exp: 1_000_000_000 }),
				await withClaims(scene, { sub: "" }),
			]),
	),
	probe(
		"abandoned flow",
		{ tries: "a window that was left open at the upstream is finished by whoever finds it", promised: refused },
		async ({ backend, google }) => {
			const browser = new TestBrowser(backend.url);
			const callback = google.authorize(await leave(browser), someone());
			backend.passTime(601);
			return await comeBack(browser, callback);
		},
	),
	probe(
		"forged form: Continue with Google",
		{ tries: "another site begins a flow in the victim's browser", promised: "nobody is sent anywhere" },
		async ({ backend }) => {
			const browser = new TestBrowser(backend.url);
			const fields = hiddenFields(await (await browser.get(authorizePath(makePkce()))).text());
			const answers = [
				await browser.post("/oauth/upstream/google", { ...fields, form_token: "" }),
				await browser.post("/oauth/upstream/google", fields, { origin: "https://attacker.example" }),
				await browser.post("/oauth/upstream/google", fields, { "sec-fetch-site": "cross-site" }),
				await browser.get("/oauth/upstream/google"),
			];
			return answers.every((answer) => addressIn(answer) === null) ? "nobody is sent anywhere" : "sent on";
		},
	),
	probe(
		"markup in an upstream's answer",
		{
			tries: "an error with markup, or a line break, in the callback's address",
			promised: "no markup; a form; a page that says no",
		},
		async ({ backend, google }) => {
			const browser = new TestBrowser(backend.url);
			const answers: string[] = [];
			const evil = ["<script>alert(1)</script>", "x\r\nset-cookie: sheaf_session=x", "access_denied"];
			let markup = "no markup";
			for (const error of evil) {
				const state = google.authorize(await leave(browser), someone()).searchParams.get("state") ?? "";
				const query = new URLSearchParams({
					error,
					error_description: evil[0] ?? "",
					error_uri: "javascript:1",
					state,
				});
				const answer = await browser.get(`/oauth/callback/google?${query.toString()}`);
				if ((await answer.clone().text()).includes("<script")) markup = "markup";
				answers.unshift(await pageAnswer(answer));
			}
			return `${markup}; ${together(answers)}`;
		},
	),
];

export const upstreamProbes: ProbeGroup = { title: "Flows through an upstream", requirement: "ID-2", probes: flows };
