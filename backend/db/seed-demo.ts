import type { Connector, GuardedHttp } from "../connectors/connector.ts";
import type { Table } from "../contract/connections.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { RecordPutOperation } from "../contract/writes.ts";
import { createIdentity } from "../identity/identity.ts";
import { signUp } from "../identity/people.ts";
import { acceptWrites } from "../records/accept-writes.ts";
import type { Vault } from "../vault/vault.ts";
import { ensurePersonalWorkspace } from "../workspaces/personal.ts";
import type { Database } from "./connect.ts";
import type { Principal } from "./principal.ts";

/** Known to everyone, and refused in production for that reason. */
export const demoPerson = { email: "demo@example.test", password: "demo demo demo" };

export type SeedDeps = {
	database: Database;
	vault: Vault;
	/** The practice base's connector; null where there is none. */
	practice: Connector | null;
	http: GuardedHttp;
};

/** How many records were added (none the second time), and whether the practice base is connected. */
export type Seeded = { records: number; practice: boolean };

/** A person, a connection to the practice base if it answers, a target for its reading list, and records in every state. */
export async function seedDemo(deps: SeedDeps): Promise<Seeded> {
	const principal = await ensurePerson(deps);
	const [known] = await deps.database.asTenant(
		principal,
		(sql) => sql<{ target: boolean; records: boolean }[]>`
			select exists (select from sheaf.targets) as target, exists (select from sheaf.records) as records`,
	);
	if (known?.target) return { records: 0, practice: true };
	const table = deps.practice === null ? null : await readingList(deps.practice, deps.http);
	if (table === null && known?.records) return { records: 0, practice: false };
	const targetId = table === null ? null : await connect(deps, principal, table);
	return { records: await addRecords(deps.database, principal, targetId), practice: targetId !== null };
}

async function ensurePerson({ database, vault }: SeedDeps): Promise<Principal> {
	const { asIdentity } = database;
	const identity = createIdentity({
		asIdentity,
		vault,
		issuer: "seed",
		extensionIds: [],
		firefoxIds: [],
		now: Date.now,
	});
	const userId = await signUp(identity, demoPerson);
	if (userId === null) throw new Error("The demo's account is there, with another password.");
	const workspaceId = await asIdentity((sql) => ensurePersonalWorkspace(sql, userId));
	return { userId, workspaceId, role: "owner", sessionId: null, deviceId: null };
}

async function readingList(practice: Connector, http: GuardedHttp): Promise<Table | null> {
	const found = await practice.discover({ credential: {}, http, signal: AbortSignal.timeout(5_000) });
	return found.kind === "ok" ? (found.value.find(({ name }) => name === "Reading list") ?? null) : null;
}

const columnOfField: Readonly<Record<string, string>> = {
	title: "Title",
	url: "URL",
	author: "Author",
	summary: "Summary",
};

/** What the options page would save: the connection, and a target that matches on the address. */
async function connect({ database, vault }: SeedDeps, principal: Principal, table: Table): Promise<string | null> {
	const mapping = Object.entries(columnOfField).flatMap(([from, name]) => {
		const column = table.fields.find((field) => field.name === name);
		return column === undefined ? [] : [{ from, to: column.id }];
	});
	const url = mapping.find(({ from }) => from === "url");
	if (url === undefined) return null;
	const columns = table.fields.filter(({ id }) => mapping.some(({ to }) => to === id));
	const [connectionId, targetId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
	const credentialJwe = await vault.seal({});
	await database.asTenant(principal, async (sql) => {
		await sql`
			insert into sheaf.connections (id, provider, name, account_id, account_label, credential_jwe)
			values (${connectionId}, 'practice', 'Practice base', 'usrPracticeBase00', 'Practice base', ${credentialJwe})`;
		await sql`
			insert into sheaf.targets (id, connection_id, name, container_id, container_name, table_id, table_name, mapping, columns,
				match_key, frequency, conflict_policy)
			values (${targetId}, ${connectionId}, 'Reading list', ${table.container.id}, ${table.container.name}, ${table.id},
				${table.name}, ${JSON.stringify(mapping)}::text::jsonb, ${JSON.stringify(columns)}::text::jsonb,
				${[url.to]}::text[], 'on_capture', 'overwrite')`;
	});
	return targetId;
}

const pages = [
	["A walk through the tide tables", "Ines Alder", "How a harbour predicts the sea."],
	["Bread without a schedule", "Tom Okafor", "Notes on dough that waits for you."],
	["The index as a literary form", "R. Bellamy", "What the last pages of a book are for."],
	["Maps that lie usefully", "Greta Lindqvist", "Distortion as a tool."],
	["Repairing a mechanical watch", "Jun Sato", "Two hundred parts and a loupe."],
	["Letters to a future gardener", "Ada Brandt", "On planting oaks."],
] as const;

async function addRecords(database: Database, principal: Principal, targetId: string | null): Promise<number> {
	const puts = pages.map(([title, author, summary], index) =>
		put({ title, author, summary }, index === 0 ? null : targetId),
	);
	// Not rung: the sweep of a running Sheaf finds them.
	const results = await acceptWrites(
		{ database, connectors: new Map(), ring: async () => undefined, log: { warn: () => undefined } },
		principal,
		puts,
	);
	if (targetId !== null)
		await stageStates(
			database,
			principal,
			puts.map(({ record }) => record.id),
		);
	return results.filter(({ status }) => status === "stored").length;
}

function put(page: { title: string; author: string; summary: string }, targetId: string | null): RecordPutOperation {
	const slug = page.title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
	const url = `https://example.com/reading/${slug}`;
	const { title, author, summary } = page;
	return {
		id: Bun.randomUUIDv7(),
		kind: "record.put",
		targetId,
		record: {
			id: Bun.randomUUIDv7(),
			kind: "article",
			version: 1,
			capturedAt: new Date().toISOString(),
			source: { url, title },
			fields: {
				title: { type: "text", value: title },
				url: { type: "url", value: url },
				author: { type: "text", value: author },
				summary: { type: "text", value: summary },
			},
		},
	};
}

const columnMissing: RecordProblem = {
	code: "delivery/column-missing",
	message: "The column Summary is no longer in Reading list.",
	action: "mend_target",
};

/** The first waits for a target and the rest for delivery; of those, one each is put into the states that take time to reach. */
async function stageStates(database: Database, principal: Principal, recordIds: readonly string[]): Promise<void> {
	const [, delivered = null, needsYou = null, underWay = null] = recordIds;
	await database.asTenant(principal, async (sql) => {
		await sql`
			update sheaf.deliveries set state = 'delivered', delivered_version = version, delivered_at = now(), attempts = 1
			where record_id = ${delivered}`;
		await sql`
			update sheaf.deliveries set state = 'needs_you', problem = ${JSON.stringify(columnMissing)}::text::jsonb, attempts = 1,
				next_attempt_at = 'infinity'
			where record_id = ${needsYou}`;
		// As a worker leaves it that was cut off: the next one takes it over when the lease has run out.
		await sql`
			update sheaf.deliveries set state = 'delivering', lease_owner = gen_random_uuid(), lease_epoch = 1,
				lease_until = now() + interval '1 minute', attempts = 1
			where record_id = ${underWay}`;
	});
}
