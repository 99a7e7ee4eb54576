import type { TestBackend } from "../../testing/test-backend.ts";
import { ask, authorizePath, json, makePerson, makePkce, TestBrowser, type Tokens } from "../../testing/test-person.ts";
import type { Probe, ProbeGroup } from "./test-probe.ts";
import { comeBack, leave, probe, refused, someone } from "./test-upstream-scene.ts";

const userOf = async (backend: TestBackend, token: string) =>
	await json<{ id: string; email: string }>(await ask(`${backend.url}/api/v1/users/me`, token));

/** Who is signed in on the pages of a browser, by what the "Continue as …" page says. */
const shownTo = async (browser: TestBrowser) => await (await browser.get(authorizePath(makePkce()))).text();

const probes: readonly Probe[] = [
	probe(
		"address of another person",
		{
			tries: "an upstream of the attacker's vouches for the victim's address, to be signed in as the victim",
			promised: refused,
		},
		async ({ backend, google, oidc }) => {
			const victim = someone();
			const [theirs, attackers] = [new TestBrowser(backend.url), new TestBrowser(backend.url)];
			await comeBack(theirs, google.authorize(await leave(theirs), victim));
			const evil = { ...victim, sub: crypto.randomUUID() };
			return await comeBack(attackers, oidc.authorize(await leave(attackers, "oidc"), evil));
		},
	),
	probe(
		"address nobody vouches for",
		{
			tries: "an upstream names the victim's address without having verified it",
			promised: "sent to the client with a code, signed in; not as the victim",
		},
		async ({ backend, google, oidc }) => {
			const victim = someone();
			const [theirs, attackers] = [new TestBrowser(backend.url), new TestBrowser(backend.url)];
			await comeBack(theirs, google.authorize(await leave(theirs), victim));
			const evil = { ...victim, sub: crypto.randomUUID(), email_verified: false };
			const answer = await comeBack(attackers, oidc.authorize(await leave(attackers, "oidc"), evil));
			const named = (await shownTo(attackers)).includes(victim.email);
			return `${answer}; ${named ? "as the victim" : "not as the victim"}`;
		},
	),
	probe(
		"account that waits for its victim",
		{
			tries:
				"the attacker signs up with the victim's address before the victim comes with Google, and shares the account from then on",
			promised: "two people; only one has the address for sure",
		},
		async ({ backend, google }) => {
			const victim = someone();
			const attacker = await makePerson(backend.url, victim.email);
			const { access_token: token }: Tokens = await attacker.tokens();
			const before = await userOf(backend, token);
			const browser = new TestBrowser(backend.url);
			const answer = await comeBack(browser, google.authorize(await leave(browser), victim));
			const owners = await backend.testDatabase.database.asIdentity(
				(sql) => sql`select id from sheaf.users where email = ${victim.email} and email_verified_at is not null`,
			);
			const apart = answer.includes("signed in") && owners.length === 1 && owners[0]?.["id"] !== before.id;
			return apart ? "two people; only one has the address for sure" : `${answer}, ${owners.length} owners`;
		},
	),
	probe(
		"same subject at another upstream",
		{ tries: "the attacker's own issuer gives out the victim's id at Google", promised: "two people" },
		async ({ backend, google, oidc }) => {
			const sub = crypto.randomUUID();
			const [theirs, attackers] = [new TestBrowser(backend.url), new TestBrowser(backend.url)];
			await comeBack(theirs, google.authorize(await leave(theirs), { sub }));
			await comeBack(attackers, oidc.authorize(await leave(attackers, "oidc"), { sub }));
			const rows = await backend.testDatabase.database.asIdentity(
				(sql) => sql`select distinct user_id from sheaf.user_accounts where subject = ${sub}`,
			);
			return rows.length === 2 ? "two people" : `${rows.length} person`;
		},
	),
];

export const takeoverProbes: ProbeGroup = { title: "Into somebody else's account", requirement: "ID-2", probes };
