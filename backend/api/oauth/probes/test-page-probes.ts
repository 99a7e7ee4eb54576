import { makeMember } from "../../testing/test-member.ts";
import {
	authorizePath,
	hiddenFields,
	makePerson,
	makePkce,
	redirectUri,
	TestBrowser,
	type TestPerson,
} from "../../testing/test-person.ts";
import { type Probe, type ProbeGroup, pageAnswer, together } from "./test-probe.ts";

const fieldsOf = async (person: TestPerson, path: string): Promise<Record<string, string>> =>
	hiddenFields(await (await person.browser.get(path)).text());
const credentials = ({ email, password }: TestPerson) => ({ email, password });

const probes: readonly Probe[] = [
	{
		name: "open redirect",
		tries: "the hidden field `continue` leads to a page of the attacker's after the sign-in",
		promised: "a page that says no",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = {
				...(await fieldsOf(person, `${authorizePath(makePkce())}&screen=sign-up`)),
				...credentials(person),
			};
			const evil = authorizePath(makePkce(), { redirect_uri: "https://attacker.example/" });
			const places = [
				evil,
				"https://attacker.example/",
				"//attacker.example/",
				"/\\attacker.example",
				"/admin/queues/../../x",
				"",
				"javascript:alert(1)",
				"/admin/queues\r\nlocation: https://attacker.example",
				"/invite/../x",
				"/device?x=1",
				"/device/../x",
			];
			const answers: string[] = [];
			for (const place of places) {
				answers.push(await pageAnswer(await person.browser.post("/oauth/sign-up", { ...fields, continue: place })));
			}
			return together(answers);
		},
	},
	{
		name: "open redirect in an address",
		tries: "a link to our own sign-in page that leads elsewhere afterwards",
		promised: "no form leads to the attacker",
		attack: async ({ backend }) => {
			const evil = ["https://attacker.example/", "//attacker.example/", "/\\attacker.example", "/oauth/../../x"];
			const names = ["continue", "redirect", "next", "return_to", "destination"];
			const pages = evil.flatMap((place) =>
				names.map(async (name) => {
					const path = `/oauth/sign-in?${new URLSearchParams({ [name]: place }).toString()}`;
					const answer = await new TestBrowser(backend.url).get(path);
					const text = `${answer.headers.get("location") ?? ""}${await answer.text()}`;
					return text.includes("attacker.example") || text.includes("../");
				}),
			);
			return (await Promise.all(pages)).includes(true) ? "a form leads there" : "no form leads to the attacker";
		},
	},
	{
		name: "session fixation",
		tries: "a cookie that the attacker planted before the sign-in is signed in by it; an old one stays good",
		promised: "new cookie; planted: a form, old: a form",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const planted = "x".repeat(43);
			person.browser.setCookie("sheaf_session", planted);
			await person.tokens();
			const first = person.browser.cookie("sheaf_session") ?? "";
			await person.tokens("sign-in");
			const second = person.browser.cookie("sheaf_session") ?? "";
			const seen = async (cookie: string) => {
				const browser = new TestBrowser(backend.url);
				browser.setCookie("sheaf_session", cookie);
				const answer = await browser.get(authorizePath(makePkce()));
				return answer.status === 200 && (await answer.text()).includes(person.email) ? "signed in" : "a form";
			};
			const fresh = new Set([planted, first, second]).size === 3 ? "new cookie" : "the same cookie";
			return `${fresh}; planted: ${await seen(planted)}, old: ${await seen(first)}`;
		},
	},
	{
		name: "cookies that others can read or set",
		tries: "a script, a subdomain, plain http or another site gets at the cookies",
		promised: "__Host-, HttpOnly, SameSite=Lax, Secure, Path=/ and no Domain: all",
		attack: async ({ own }) => {
			const backend = await own({ SHEAF_PUBLIC_URL: "https://sheaf.example" });
			const browser = new TestBrowser(backend.url);
			const page = await browser.get(`${authorizePath(makePkce())}&screen=sign-up`);
			const { email, password } = await makePerson(backend.url);
			const form = { ...hiddenFields(await page.text()), email, password };
			const answer = await browser.post("/oauth/sign-up", form, { origin: "https://sheaf.example" });
			const cookies = [...page.headers.getSetCookie(), ...answer.headers.getSetCookie()];
			const flags = ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"];
			const good = cookies.filter((cookie) => {
				const parts = cookie.split("; ");
				return cookie.startsWith("__Host-") && flags.every((flag) => parts.includes(flag)) && !/domain=/i.test(cookie);
			});
			const all = good.length === cookies.length && cookies.length > 0;
			return `__Host-, HttpOnly, SameSite=Lax, Secure, Path=/ and no Domain: ${all ? "all" : cookies.join(" | ")}`;
		},
	},
	{
		name: "clickjacking",
		tries: "our page under a transparent frame: the victim presses a button they do not see",
		promised: "every page: frame-ancestors 'none', DENY, no script",
		attack: async ({ backend }) => {
			const { person } = await makeMember(backend.url);
			const paths = [
				authorizePath(makePkce()),
				"/oauth/sign-in",
				"/device",
				`/invite/${"x".repeat(43)}`,
				"/oauth/authorize",
				"/",
			];
			const open = [];
			for (const path of paths) {
				const { headers } = await person.browser.get(path);
				const policy = headers.get("content-security-policy") ?? "";
				const closed = policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'");
				const safe = closed && !/script-src|unsafe/.test(policy) && headers.get("x-frame-options") === "DENY";
				if (!safe) open.push(path);
			}
			return open.length === 0 ? "every page: frame-ancestors 'none', DENY, no script" : `open: ${open.join()}`;
		},
	},
	{
		name: "markup in what was typed",
		tries: "an address, a state or a code with markup comes back as markup",
		promised: "escaped everywhere",
		attack: async ({ backend }) => {
			const evil = `"><script>alert(1)</script>`;
			const { person } = await makeMember(backend.url);
			const hidden = await fieldsOf(person, `${authorizePath(makePkce(), { state: evil })}&screen=sign-in`);
			const pages = [
				await person.browser.get(`${authorizePath(makePkce(), { state: evil })}&screen=sign-in`),
				await person.browser.get(authorizePath(makePkce(), { redirect_uri: evil })),
				await person.browser.post("/oauth/sign-in", { ...hidden, email: evil, password: "correct horse battery" }),
				await person.browser.get(`/device?user_code=${encodeURIComponent(evil)}`),
				await person.browser.get(`/invite/${encodeURIComponent(evil)}`),
			];
			const texts = await Promise.all(pages.map((page) => page.text()));
			return texts.some((text) => text.includes("<script")) ? "markup" : "escaped everywhere";
		},
	},
	{
		name: "forged Host and forwarding headers",
		tries: "letters, metadata and redirects that are built from what a request says of itself lead to the attacker",
		promised: "nothing names the attacker",
		attack: async ({ backend }) => {
			const headers = {
				"x-forwarded-host": "attacker.example",
				"x-forwarded-proto": "https",
				forwarded: "host=attacker.example",
			};
			const paths = [
				"/.well-known/oauth-authorization-server",
				authorizePath(makePkce(), { prompt: "none" }),
				"/oauth/sign-in",
				"/openapi.json",
			];
			const answers = paths.map(async (path) => {
				const answer = await fetch(backend.url + path, { headers, redirect: "manual" });
				return `${answer.headers.get("location") ?? ""}${await answer.text()}`;
			});
			const texts = await Promise.all(answers);
			return texts.some((text) => text.includes("attacker.example"))
				? "the attacker is named"
				: "nothing names the attacker";
		},
	},
	{
		name: "mix-up",
		tries: "the client is made to believe that another server answered, and sends the code there",
		promised: `code, iss, state of this backend, at ${redirectUri}`,
		attack: async ({ backend }) => {
			const { person } = await makeMember(backend.url);
			const fields = await fieldsOf(person, authorizePath(makePkce(), { iss: "https://attacker.example" }));
			const answer = await person.browser.post("/oauth/continue", fields);
			const { origin, pathname, searchParams } = new URL(answer.headers.get("location") ?? "about:blank");
			const names = [...searchParams.keys()].sort().join(", ");
			const issuer = searchParams.get("iss") === backend.url ? "this backend" : "another";
			return `${names} of ${issuer}, at ${origin}${pathname}`;
		},
	},
];

export const pageProbes: ProbeGroup = { title: "Pages", requirement: "SEC-1", probes };
