import { randomUUID } from "node:crypto";
import pg from "pg";
import type { RecordPage } from "../../backend/contract/records.ts";
import { rolePassword } from "../../backend/db/roles.ts";
import { expect, test } from "../fixtures.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";

test.describe("TEN-3: person B with person A's ids gets nothing", () => {
	test("at the API", async ({ stand, getReady }) => {
		const a = await getReady();
		const note = stand.sites.note("secret");
		await captureByPopup(a.browser, note.url);
		await waitForRows({ simulator: stand.simulator, base: a.base }, [note.url]);
		const { body } = await a.person.api<RecordPage>("GET", "/api/v1/records");
		const record = body.records[0];
		expect(record).toBeDefined();
		const connections = await a.person.api<{ connections: { id: string }[] }>("GET", "/api/v1/connections");
		const connection = connections.body.connections[0]?.id ?? "";

		const b = await getReady();
		const paths = [
			["GET", `/api/v1/records/${record?.id}`],
			["GET", `/api/v1/targets/${record?.targetId}`],
			["PATCH", `/api/v1/targets/${record?.targetId}`, { paused: true }],
			["DELETE", `/api/v1/targets/${record?.targetId}`],
			["POST", `/api/v1/targets/${record?.targetId}/runs`],
			["GET", `/api/v1/connections/${connection}`],
			["GET", `/api/v1/connections/${connection}/tables`],
			["DELETE", `/api/v1/connections/${connection}`],
		] as const;
		for (const [method, path, change] of paths) {
			const { status } = await b.person.api(method, path, change);
			expect([method, path, status]).toEqual([method, path, 404]);
		}
		const list = await b.person.api<RecordPage>("GET", `/api/v1/records?targetId=${record?.targetId}`);
		expect(list.body.records).toEqual([]);
		const still = await a.person.api("GET", `/api/v1/targets/${record?.targetId}`);
		expect(still.status).toBe(200);
	});

	test("in SQL, as the API's role", async ({ stand, getReady }) => {
		const a = await getReady();
		const note = stand.sites.note("secret-in-sql");
		await captureByPopup(a.browser, note.url);
		await waitForRows({ simulator: stand.simulator, base: a.base }, [note.url]);
		const password = rolePassword(stand.database.databaseKey, "sheaf_api");
		const client = new pg.Client({ connectionString: stand.database.urlAs("sheaf_api", password) });
		await client.connect();
		try {
			const tables = [
				"records",
				"operations",
				"deliveries",
				"delivery_attempts",
				"audit_log",
				"connections",
				"targets",
			];
			const counts = async () => {
				const found = await client.query(
					tables.map((table) => `select '${table}' as t, count(*)::int as n from sheaf.${table}`).join(" union all "),
				);
				return found.rows.filter((row: { n: number }) => row.n > 0);
			};
			expect(await counts()).toEqual([]);
			await client.query("begin");
			await client.query(
				"select set_config('app.user_id', $1, true), set_config('app.workspace_id', $2, true), set_config('app.role', 'owner', true)",
				[a.person.userId, randomUUID()],
			);
			expect(await counts()).toEqual([]);
			const changed = await client.query("update sheaf.records set version = version + 1");
			expect(changed.rowCount).toBe(0);
		} finally {
			await client.end();
		}
	});
});
