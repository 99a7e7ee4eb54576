import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Principal } from "../../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { tenantPages } from "./pages.ts";
import { zipStream } from "./zip-stream.ts";

let fixture: TestDatabase;
let ada: Principal;
beforeAll(async () => {
	fixture = await createTestDatabase();
	ada = await createTestTenant(fixture.database);
	await fixture.database.asTenant(
		ada,
		(sql) => sql`
			insert into sheaf.audit_log (action, subject_type, subject_id, outcome)
			select 'record.put', 'record', uuidv7(), 'stored' from generate_series(1, 25)`,
	);
});
afterAll(() => fixture.close());

const size = 10;

/** Pages of the audit log, and how many were asked for so far. */
function auditPages(who: Principal) {
	const asked = { pages: 0 };
	const pages = tenantPages<{ id: string }>(fixture.database.asTenant, who, {
		size,
		read: async (sql, after) => {
			asked.pages += 1;
			return await sql<{ id: string }[]>`
				select id from sheaf.audit_log where ${after?.id ?? null}::uuid is null or id > ${after?.id ?? null}::uuid
				order by id limit ${size}`;
		},
	});
	return { asked, pages };
}

test("SEC-4: a page is read when it is asked for, and every row comes once", async () => {
	const { asked, pages } = auditPages(ada);
	const ids: string[] = [];
	let expected = 0;
	for await (const rows of pages) {
		expected += 1;
		expect(asked.pages).toBe(expected);
		ids.push(...rows.map(({ id }) => id));
	}
	expect([ids.length, new Set(ids).size]).toEqual([25, 25]);
});

test("SEC-4: who is taken out while the archive is made reads no further", async () => {
	const { pages } = auditPages(ada);
	expect((await pages.next()).value).toHaveLength(size);
	await fixture.database.asIdentity(
		(sql) => sql`delete from sheaf.workspace_members where workspace_id = ${ada.workspaceId}`,
	);
	expect((await pages.next()).done).toBe(true);
});

test("SEC-4: an archive that grows over what its format holds breaks off, and is not handed out broken", async () => {
	async function* files() {
		for (const name of ["one.txt", "two.txt"]) yield { name, content: ["x".repeat(600)] };
	}
	const unpacked = Array.fromAsync(zipStream(files(), { maxBytes: 599 }));
	await expect(unpacked).rejects.toThrow("more than a ZIP holds");
	// Each file is within, and packed they are too; their headers are not.
	await expect(Array.fromAsync(zipStream(files(), { maxBytes: 100 }))).rejects.toThrow("more than a ZIP holds");
	expect(await Array.fromAsync(zipStream(files(), { maxBytes: 600 }))).not.toHaveLength(0);
});

test("SEC-4: the archive asks for no more text than its reader takes bytes", async () => {
	let asked = 0;
	function* pieces() {
		for (; asked < 1_000; asked++) yield crypto.randomUUID().repeat(2_000);
	}
	async function* files() {
		yield { name: "large.txt", content: pieces() };
	}
	const bytes = zipStream(files());
	for (let taken = 0; taken < 5; taken++) await bytes.next();
	expect(asked).toBeLessThan(20);
	await bytes.return();
});
