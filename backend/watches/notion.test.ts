import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../api/testing/test-backend.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { createConnection } from "../connections/create-connection.ts";
import type { Connector } from "../connectors/connector.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createNotionConnector } from "../connectors/notion/index.ts";
import { databaseId, openScene, sceneToken, tableId } from "../connectors/notion/simulator/test-scene.ts";
import type { NotionSimulator } from "../connectors/notion/simulator.ts";
import type { Principal } from "../db/principal.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { testPut } from "../records/test-operations.ts";
import { createTestEngine, type TestEngine } from "../sync/test-engine.ts";
import { createTarget } from "../targets/create-target.ts";
import { keepOnce } from "./keep-watches.ts";
import { lookOnce } from "./look-at-rows.ts";
import type { WatchDeps } from "./watch-deps.ts";

setDefaultTimeout(60_000);

const connectors = new Map<string, Connector>();
const told: string[] = [];
let backend: TestBackend;
let notion: NotionSimulator;
beforeAll(async () => {
	backend = await startTestBackend({ deps: { connectors, tellOperator: (text) => void told.push(text) } });
});
afterAll(() => backend.close());
beforeEach(async () => {
	notion = await openScene();
	notion.control.set({ requestsPerMinute: null });
	told.length = 0;
});
afterEach(() => notion.stop());

const noticesUrl = () => `${backend.url}/api/v1/provider-hooks/notion`;
const { signal } = new AbortController();

function useSecret(webhookSecret: string | null): void {
	connectors.set("notion", createNotionConnector({ apiUrl: notion.url, client: null, webhookSecret, settleMs: 0 }));
}

/** A person whose Notion is connected, and a target that fills the table there. */
async function connect() {
	const engine: TestEngine = createTestEngine(backend.testDatabase);
	const http = createGuardedHttp({ allowedOrigins: [notion.url] });
	Object.assign(engine.deps, { vault: backend.deps.vault, connectors, http });
	const deps: ConnectionDeps & WatchDeps = {
		...engine.deps,
		vault: backend.deps.vault,
		connectors,
		http,
		noticesUrl: null,
	};
	const person: Principal = await createTestTenant(backend.testDatabase.database);
	const connection = await createConnection(deps, person, { provider: "notion", credential: { token: sceneToken } });
	const target = await createTarget(deps, person, {
		name: "Reading",
		connectionId: connection.id,
		tableId,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "Link" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	const operation = testPut({ targetId: target.id });
	await engine.write(person, [operation]);
	await engine.deliver(person, `${connection.id}/${databaseId}`);
	await engine.makeDue(person);
	await keepOnce(deps, signal);
	const look = async () => {
		await engine.makeDue(person);
		await lookOnce(deps, signal);
		return (await engine.record(person, operation.record.id)).remote?.state ?? null;
	};
	const passTime = async () => {
		await backend.testDatabase.database.asTenant(
			{ ...person, role: "worker" },
			(sql) => sql`update sheaf.deliveries set remote_look_at = now() where workspace_id = sheaf.current_workspace()`,
		);
	};
	return { look, passTime };
}

test("SYNC-6: an event of Notion about a page shows on its record at once; its own echo of our write shows nothing", async () => {
	const subscription = notion.control.subscribe(noticesUrl());
	useSecret(subscription.verificationToken);
	const { look } = await connect();
	await subscription.settled();
	expect(await look()).toBeNull();
	const [page] = notion.control.pages(tableId);
	notion.control.editRow(page?.id ?? "", { Name: { title: [{ text: { content: "Theirs" } }] } });
	await subscription.settled();
	expect(await look()).toBe("changed");
	notion.control.editRow(page?.id ?? "", {}, true);
	await subscription.settled();
	expect(await look()).toBe("gone");
	expect(new Set(subscription.delivered.map(({ status }) => status))).toEqual(new Set([204]));
});

test("SYNC-6: the secret of a new subscription is shown to the operator alone, and to nobody once it is set", async () => {
	useSecret(null);
	const subscription = notion.control.subscribe(noticesUrl());
	expect(await subscription.verify()).toBe(204);
	expect(told).toEqual([expect.stringContaining(subscription.verificationToken)]);
	useSecret(subscription.verificationToken);
	expect(await subscription.verify()).toBe(404);
	expect(told).toHaveLength(1);
	useSecret(null);
	const answers = [];
	for (let tries = 0; tries < 6; tries += 1) answers.push(await subscription.verify());
	expect(answers.at(-1)).toBe(429);
});

test("SYNC-6: a table that is not shared any more says nothing of its pages", async () => {
	useSecret(null);
	const { look, passTime } = await connect();
	await passTime();
	notion.control.addToken({ token: sceneToken, databases: [] });
	notion.control.reset();
	expect(await look()).toBeNull();
	expect(notion.control.requests().map(({ path }) => path)).toContain(`/v1/data_sources/${tableId}`);
});
