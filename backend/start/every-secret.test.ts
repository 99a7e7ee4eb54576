import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { isIn } from "../api/testing/canary.ts";
import { openQueueStore } from "../jobs/queue.ts";
import { startTestRedis, type TestRedis } from "../jobs/test-redis.ts";
import { boardText, databaseText, redisText } from "./test-secret-places.ts";
import { SecretRun } from "./test-secret-run.ts";

/** How each provider's table takes the title and the address of a page. */
const columns = {
	airtable: { table: "Pages", title: "Name", url: "URL" },
	nocodb: { table: "Rows", title: "Text", url: "Key" },
	baserow: { table: "Rows", title: "Text", url: "Key" },
	postgres: { table: "things", title: "title", url: "key" },
	webhook: { table: null, title: "title", url: "url" },
} as const;
type Provider = keyof typeof columns;

async function makeTarget(run: SecretRun, provider: Provider, connectionId: string): Promise<string> {
	const { table, title, url } = columns[provider];
	const { body } = await run.send("GET", `/connections/${connectionId}/tables`);
	const found = (body as { id: string; name: string }[]).find(({ name }) => table === null || name === table);
	const made = await run.send("POST", "/targets", {
		name: provider,
		connectionId,
		tableId: found?.id,
		mapping: [
			{ from: "title", to: title },
			{ from: "url", to: url },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	expect({ provider, ...made }).toMatchObject({ status: 200 });
	return (made.body as { id: string }).id;
}

/** Everything that takes a secret is done once, and then again with everybody refusing. */
async function doEverything(run: SecretRun): Promise<void> {
	const targets: string[] = [await makeTarget(run, "airtable", await run.connectInWindow())];
	for (const provider of ["nocodb", "baserow", "postgres", "webhook"] as const) {
		const { status, body } = await run.send("POST", "/connections", {
			provider,
			credential: run.accounts.forms[provider],
		});
		expect({ provider, status, body }).toMatchObject({ status: 200 });
		targets.push(await makeTarget(run, provider, (body as { id: string }).id));
	}
	const events = ["record.delivered", "record.needs_you", "connection.needs_attention"];
	const hook = await run.sendOnce("POST", "/event-hooks", { url: run.accounts.eventsUrl, events });
	run.secrets.set("the event hook's secret", hook.secret);
	const trigger = await run.sendOnce("POST", `/targets/${targets[0]}/trigger`);
	run.secrets.set("the trigger's secret", trigger.secret);
	await fetch(trigger.url, { method: "POST", body: "{}", headers: { "webhook-signature": `v1,${trigger.secret}` } });
	await run.deliver(targets, "delivered");
	await run.accounts.refuseAll();
	await run.deliver(targets, "settled");
	await makeMistakes(run);
	for (const path of ["/connections", "/targets", "/records", "/event-hooks", "/activity", "/users/me/full"]) {
		await run.send("GET", path);
	}
	for (const secret of run.accounts.oauth.secrets) run.secrets.set(`passed at Airtable's: ${run.secrets.size}`, secret);
}

async function makeMistakes(run: SecretRun): Promise<void> {
	for (const [provider, form] of Object.entries(run.accounts.forms)) {
		await run.send("POST", "/connections", { provider, credential: form });
		await run.send("POST", "/connections", { provider, credential: { ...form, extra: Object.values(form).at(-1) } });
		await run.send("POST", "/connections", { provider, credential: Object.values(form) });
	}
	await run.send("POST", "/event-hooks", { url: run.accounts.eventsUrl, events: ["nothing"] });
	const { "the flow's end": flow = "" } = Object.fromEntries(run.secrets);
	await run.send("POST", "/connections/authorize/finish", { flow });
}

/** What each kind is called, of those that a text holds. */
const foundIn = (text: string, run: SecretRun) =>
	[...run.secrets].filter(([, secret]) => isIn(text, secret)).map(([name]) => name);

describe.each(["PostgreSQL", "Redis"] as const)("with the queue on %s", (kind) => {
	let redis: TestRedis | null = null;
	let run: SecretRun;
	beforeAll(async () => {
		redis = kind === "Redis" ? await startTestRedis() : null;
		run = await SecretRun.start(redis?.url ?? null);
		await doEverything(run);
	}, 120_000);
	afterAll(async () => {
		await run.close();
		await redis?.close();
	});

	test("ACC-2: there is a canary of every kind", () => {
		expect([...run.secrets].filter(([, secret]) => secret.length < 16)).toEqual([]);
		// Code, verifier, client's proof, and at least one pair.
		expect(run.accounts.oauth.secrets.size).toBeGreaterThanOrEqual(5);
		expect(run.secrets.size).toBeGreaterThanOrEqual(18);
	});

	test("ACC-2: none is in any table of any schema, in Redis or on the operators' dashboard", async () => {
		const database = await databaseText(run.admin);
		expect(database).toContain("nocodb");
		expect(foundIn(database, run)).toEqual([]);
		expect(foundIn(await boardText(run.person.browser), run)).toEqual([]);
		if (redis !== null) expect(foundIn(await redisText(redis.url), run)).toEqual([]);
	});

	test("ACC-2: none is in any answer", () => {
		expect(run.answers.length).toBeGreaterThan(60);
		expect(foundIn(run.answers.join("\n"), run)).toEqual([]);
	});

	test("ACC-2: the same search finds each that was leaked on purpose: in a table, a job, the dashboard, Redis, an answer", async () => {
		const all = [...run.secrets.keys()];
		const leak = [...run.secrets.values()].join(" ");
		const { url: databaseUrl, databaseKey } = run.db;
		const store = openQueueStore({ databaseUrl, databaseKey, redisUrl: redis?.url ?? null, onError: () => undefined });
		const queue = store.openQueue("deliver-lane");
		await queue.add("ring", { leak }, { delay: 3_600_000 });
		await queue.close();
		await store.close();
		expect(foundIn(await boardText(run.person.browser), run)).toEqual(all);
		const stored = redis === null ? await databaseText(run.admin) : await redisText(redis.url);
		expect(foundIn(stored, run)).toEqual(all);
		const problem = { code: "connections/credential-refused", message: leak, action: "reconnect" };
		await run.admin`update sheaf.connections set problem = ${JSON.stringify(problem)}::text::jsonb`;
		expect(foundIn(await databaseText(run.admin), run)).toEqual(all);
		await run.send("GET", "/connections");
		expect(foundIn(run.answers.at(-1) ?? "", run)).toEqual(all);
	});

	test("OBS-1: none is in the log of the whole run with its failures, at its most talkative", async () => {
		const log = await run.endOfLog();
		// It is the log of just this.
		expect(log).toContain("/api/v1/connections/:id/tables");
		expect(foundIn(log, run)).toEqual([]);
		expect(foundIn(`${log}${[...run.secrets.values()].join(" ")}`, run)).toEqual([...run.secrets.keys()]);
	}, 20_000);
});
