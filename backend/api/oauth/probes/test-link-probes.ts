import { makeMember, type TestMember } from "../../testing/test-member.ts";
import { hiddenFields, redirectUri, TestBrowser } from "../../testing/test-person.ts";
import { addressIn, type Probe, type ProbeGroup, pageAnswer, together } from "./test-probe.ts";
import { comeBack, leave, probe, type Scene, someone } from "./test-upstream-scene.ts";

type Started = { url: string };
const state = "a state of sixteen or more";

/** A signed-in person asks for the address of the window. @returns its path */
async function ticketOf({ send }: TestMember): Promise<string> {
	const { body } = await send("POST", "/users/me/accounts/link", { provider: "google", redirectUri, state });
	const { pathname, search } = new URL((body as Started).url);
	return pathname + search;
}

/** Opens the window and presses its button. @returns where the browser is sent, or null */
async function press(browser: TestBrowser, path: string): Promise<string | null> {
	const fields = hiddenFields(await (await browser.get(path)).text());
	return addressIn(await browser.post("/oauth/link", { ...fields, continue: path }));
}

const waysOf = async ({ send }: TestMember) => {
	const { body } = await send("GET", "/users/me/accounts");
	return (body as { accounts: { provider: string }[] }).accounts.map(({ provider }) => provider).join(", ");
};

/** Whether a press led to the upstream. */
const went = ({ google }: Scene, address: string | null) =>
	address?.startsWith(google.url) ? "to Google" : "not to Google";

const probes: readonly Probe[] = [
	probe(
		"ticket used again",
		{
			tries: "the address of the window, out of a history, adds a second account",
			promised: "to Google, linked: password, google; again: not to Google, a page that says no",
		},
		async (scene) => {
			const member = await makeMember(scene.backend.url);
			const { browser } = member.person;
			const path = await ticketOf(member);
			const address = (await press(browser, path)) ?? "";
			await comeBack(browser, scene.google.authorize(address, someone()));
			const linked = `${went(scene, address)}, linked: ${await waysOf(member)}`;
			const again = went(scene, await press(browser, path));
			return `${linked}; again: ${again}, ${await pageAnswer(await browser.get(path))}`;
		},
	),
	probe(
		"somebody else's ticket",
		{
			tries:
				"the address of the victim's window is opened by the attacker, to add the attacker's account to the victim's",
			promised: "signed in as another: not to Google; as nobody: not to Google; the victim has password",
		},
		async (scene) => {
			const [victim, attacker] = [await makeMember(scene.backend.url), await makeMember(scene.backend.url)];
			const path = await ticketOf(victim);
			const other = went(scene, await press(attacker.person.browser, path));
			const nobody = went(scene, await press(new TestBrowser(scene.backend.url), path));
			return `signed in as another: ${other}; as nobody: ${nobody}; the victim has ${await waysOf(victim)}`;
		},
	),
	probe(
		"attacker's ticket for the victim",
		{
			tries:
				"the victim is sent the attacker's address, adds their own Google account to the attacker's, and works there from then on",
			promised: "not to Google; the page names the attacker's account",
		},
		async (scene) => {
			const [victim, attacker] = [await makeMember(scene.backend.url), await makeMember(scene.backend.url)];
			const path = await ticketOf(attacker);
			const page = await (await victim.person.browser.get(path)).text();
			const named = page.includes(attacker.person.email) ? "names the attacker's account" : "does not say whose it is";
			return `${went(scene, await press(victim.person.browser, path))}; the page ${named}`;
		},
	),
	probe(
		"forged form: Add Google",
		{
			tries: "another site presses the button in the victim's window",
			promised: "not to Google; our own form: to Google",
		},
		async (scene) => {
			const member = await makeMember(scene.backend.url);
			const { browser } = member.person;
			const path = await ticketOf(member);
			const fields = hiddenFields(await (await browser.get(path)).text());
			const forged = [
				await browser.post("/oauth/link", { ...fields, form_token: "" }),
				await browser.post("/oauth/link", fields, { origin: "https://attacker.example" }),
				await browser.post("/oauth/link", fields, { "sec-fetch-site": "cross-site" }),
			];
			const answers = forged.map((answer) => went(scene, addressIn(answer)));
			return `${together(answers)}; our own form: ${went(scene, await press(browser, path))}`;
		},
	),
	probe(
		"link to a redirect of nobody",
		{
			tries: "the window's end, with `linked` and `state`, is sent to an address that is on no list",
			promised: "400 request/invalid",
		},
		async ({ backend }) => {
			const { send } = await makeMember(backend.url);
			const places = ["https://attacker.example/", `${redirectUri}x`, "javascript:alert(1)"];
			const answers = places.map(async (place) => {
				const started = await send("POST", "/users/me/accounts/link", {
					provider: "google",
					redirectUri: place,
					state,
				});
				return `${started.status} ${started.code}`;
			});
			return together(await Promise.all(answers));
		},
	),
	probe(
		"linking somebody else's account",
		{
			tries: "an account of the upstream that belongs to another person here is added to the attacker's",
			promised: "a page that says no; the attacker has password",
		},
		async ({ backend, google }) => {
			const owner = someone();
			const theirs = new TestBrowser(backend.url);
			await comeBack(theirs, google.authorize(await leave(theirs), owner));
			const attacker = await makeMember(backend.url);
			const { browser } = attacker.person;
			const address = (await press(browser, await ticketOf(attacker))) ?? "";
			const answer = await comeBack(browser, google.authorize(address, owner));
			return `${answer}; the attacker has ${await waysOf(attacker)}`;
		},
	),
	probe(
		"link finished in another browser",
		{
			tries: "the attacker's answer of the upstream is opened in the victim's window that is about to link",
			promised: "a page that says no; the victim has password",
		},
		async ({ backend, google }) => {
			const [victim, attacker] = [await makeMember(backend.url), new TestBrowser(backend.url)];
			await press(victim.person.browser, await ticketOf(victim));
			const answer = await comeBack(victim.person.browser, google.authorize(await leave(attacker), someone()));
			return `${answer}; the victim has ${await waysOf(victim)}`;
		},
	),
	probe(
		"unlinking what is not one's own",
		{
			tries: "another person's way in, and one's own last one, are removed",
			promised: "404 auth/account-not-found; the last one: 409 auth/last-way-in",
		},
		async ({ backend }) => {
			const [victim, attacker] = [await makeMember(backend.url), await makeMember(backend.url)];
			const idOf = async ({ send }: TestMember) => {
				const { body } = await send("GET", "/users/me/accounts");
				return (body as { accounts: { id: string }[] }).accounts[0]?.id ?? "";
			};
			const remove = async (id: string) => {
				const { status, code } = await attacker.send("DELETE", `/users/me/accounts/${id}`);
				return `${status} ${code}`;
			};
			const foreign = together([await remove(await idOf(victim)), await remove(crypto.randomUUID())]);
			return `${foreign}; the last one: ${await remove(await idOf(attacker))}`;
		},
	),
];

export const linkProbes: ProbeGroup = { title: "Adding a way in", requirement: "ID-2", probes };
