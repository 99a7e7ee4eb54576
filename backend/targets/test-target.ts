import type { TableField } from "../contract/connections.ts";
import type { ConflictPolicy } from "../contract/targets.ts";
import type { Database } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";

export type TestTargetSettings = {
	/** An existing connection; else one is made. */
	connectionId?: string;
	provider?: string;
	credentialJwe?: string;
	containerId?: string;
	tableId?: string;
	frequency?: "on_capture" | "manual";
	matchKey?: string[];
	conflictPolicy?: ConflictPolicy;
	fieldPolicies?: Record<string, ConflictPolicy>;
};

/** The table of every test: three columns that hold what `testPut` makes. */
export const testColumns: TableField[] = [
	{ id: "colTitle", name: "Name", type: "text", providerType: "text", writable: true, matchable: true },
	{ id: "colUrl", name: "Link", type: "url", providerType: "url", writable: true, matchable: true },
	{ id: "colPrice", name: "Price", type: "number", providerType: "number", writable: true, matchable: true },
];

const mapping = [
	{ from: "title", to: "colTitle" },
	{ from: "url", to: "colUrl" },
	{ from: "price", to: "colPrice" },
];

export type TestTarget = { targetId: string; connectionId: string; lane: string };

/** A target matched by url, with a connection unless one is named, put into the database as the API would. */
export async function createTestTarget(
	database: Database,
	principal: Principal,
	settings: TestTargetSettings = {},
): Promise<TestTarget> {
	const targetId = crypto.randomUUID();
	const connectionId = settings.connectionId ?? crypto.randomUUID();
	const containerId = settings.containerId ?? "base1";
	await database.asTenant(principal, async (sql) => {
		if (settings.connectionId === undefined) {
			await sql`
				insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
				values (${connectionId}, ${settings.provider ?? "scripted"}, 'Test', 'acc', 'Account',
					${settings.credentialJwe ?? "sealed"})`;
		}
		await sql`
			insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping,
				columns, match_key, frequency, conflict_policy, field_policies)
			values (${targetId}, ${connectionId}, 'Test', ${containerId}, 'Base', ${settings.tableId ?? "table1"}, 'Table',
				${JSON.stringify(mapping)}::text::jsonb, ${JSON.stringify(testColumns)}::text::jsonb,
				${settings.matchKey ?? ["colUrl"]}::text[], ${settings.frequency ?? "on_capture"},
				${settings.conflictPolicy ?? "overwrite"}, ${JSON.stringify(settings.fieldPolicies ?? {})}::text::jsonb)`;
	});
	return { targetId, connectionId, lane: `${connectionId}/${containerId}` };
}
