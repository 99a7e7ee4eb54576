import { makeInvite, makeMember, makeWorkspace, type TestMember } from "../../testing/test-member.ts";
import {
	authorizePath,
	hiddenFields,
	makePerson,
	makePkce,
	TestBrowser,
	type TestPerson,
} from "../../testing/test-person.ts";
import type { Probe, ProbeGroup, World } from "./test-probe.ts";

type Fields = Record<string, string>;
/** What another page can make a victim's browser send: their cookies, and not our form's token or origin. */
type Forgery = { fields: Fields; headers: Record<string, string> };

/** The same form as another site would have it sent. */
async function forgeries(backendUrl: string, fields: Fields): Promise<Forgery[]> {
	const page = await (await new TestBrowser(backendUrl).get(authorizePath(makePkce()))).text();
	const foreignToken = hiddenFields(page)["form_token"] ?? "";
	return [
		{ fields: { ...fields, form_token: "" }, headers: {} },
		{ fields: { ...fields, form_token: foreignToken }, headers: {} },
		{ fields, headers: { origin: "https://attacker.example" } },
		{ fields, headers: { origin: "null" } },
		{ fields, headers: { "sec-fetch-site": "cross-site" } },
		{ fields, headers: { "sec-fetch-site": "same-site" } },
	];
}

/** Every forgery of a form, and what each of them brought about. */
function forged(
	form: string,
	prepare: (
		world: World,
	) => Promise<{ member: TestMember; path: string; fields: Fields; happened: (answer: Response) => Promise<boolean> }>,
): Probe {
	return {
		name: `forged form: ${form}`,
		tries:
			"another site submits it with the victim's cookies: no token, somebody else's, or our own from a foreign origin",
		promised: "nothing happened, 6 times; our own form works",
		attack: async (world) => {
			const { member, path, fields, happened } = await prepare(world);
			const outcomes: boolean[] = [];
			for (const forgery of await forgeries(world.backend.url, fields)) {
				outcomes.push(await happened(await member.person.browser.post(path, forgery.fields, forgery.headers)));
			}
			const forgedOnes = outcomes.includes(true)
				? `it happened: ${outcomes.join()}`
				: `nothing happened, ${outcomes.length} times`;
			const own = await happened(await member.person.browser.post(path, fields));
			return `${forgedOnes}; our own form ${own ? "works" : "does not work either"}`;
		},
	};
}

const fieldsOf = async (person: TestPerson, path: string): Promise<Fields> =>
	hiddenFields(await (await person.browser.get(path)).text());
const sentOn = async (answer: Response) => (answer.headers.get("location") ?? "").includes("code=");
const signsIn = async (answer: Response) =>
	(await sentOn(answer)) || answer.headers.getSetCookie().some((cookie) => /sheaf_session=[A-Za-z0-9_-]/.test(cookie));

const credentials = ({ email, password }: TestPerson): Fields => ({ email, password });

const csrf: readonly Probe[] = [
	forged("Sign in", async ({ backend }) => {
		const member = await makeMember(backend.url);
		const attacker = await makePerson(backend.url);
		await attacker.tokens();
		const hidden = await fieldsOf(member.person, `${authorizePath(makePkce())}&screen=sign-in`);
		return { member, path: "/oauth/sign-in", fields: { ...hidden, ...credentials(attacker) }, happened: signsIn };
	}),
	forged("Create account", async ({ backend }) => {
		const member = await makeMember(backend.url);
		const attacker = await makePerson(backend.url);
		const hidden = await fieldsOf(member.person, `${authorizePath(makePkce())}&screen=sign-up`);
		return { member, path: "/oauth/sign-up", fields: { ...hidden, ...credentials(attacker) }, happened: signsIn };
	}),
	forged("Continue as …", async ({ backend }) => {
		const member = await makeMember(backend.url);
		const fields = await fieldsOf(member.person, authorizePath(makePkce()));
		return { member, path: "/oauth/continue", fields, happened: sentOn };
	}),
	forged("Use another account", async ({ backend }) => {
		const member = await makeMember(backend.url);
		const fields = await fieldsOf(member.person, authorizePath(makePkce()));
		const happened = async () => {
			const page = await (await member.person.browser.get(authorizePath(makePkce()))).text();
			return !page.includes(member.person.email);
		};
		return { member, path: "/oauth/sign-out", fields, happened };
	}),
	forged("Join a workspace", async ({ backend }) => {
		const [member, owner] = [await makeMember(backend.url), await makeMember(backend.url)];
		const { id } = await makeWorkspace(owner);
		const fields = await fieldsOf(member.person, `/invite/${await makeInvite(owner, id, "member")}`);
		const happened = async () => (await member.send("GET", `/workspaces/${id}`)).status === 200;
		return { member, path: "/invite/join", fields, happened };
	}),
	{
		name: "login CSRF",
		tries: "the attacker signs the victim's browser in as the attacker, whose account then gets what the victim saves",
		promised: "a page asks first, and names the account",
		attack: async ({ backend }) => {
			// Even with the attacker's cookie in the victim's browser, no code leaves without a press on a page that says whose it is.
			const attacker = await makeMember(backend.url);
			const victim = new TestBrowser(backend.url);
			victim.setCookie("sheaf_session", attacker.person.browser.cookie("sheaf_session") ?? "");
			const answer = await victim.get(authorizePath(makePkce()));
			const page = await answer.text();
			const asks = answer.status === 200 && !answer.headers.has("location");
			const named = page.includes(attacker.person.email);
			return `${asks ? "a page asks first" : "sent on"}${named ? ", and names the account" : ""}`;
		},
	},
];

export const formProbes: ProbeGroup = { title: "Forms another site submits", requirement: "SEC-1", probes: csrf };
