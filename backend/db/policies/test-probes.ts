import postgres, { type TransactionSql } from "postgres";
import type { Principal } from "../principal.ts";
import { changeOf } from "./test-changes.ts";
import { type Policy, policies, withArticle } from "./test-mutants.ts";
import { type Actor, actAs, type Scene } from "./test-scene.ts";

/** What somebody does to a table, and what comes of it as long as the policies are right: rows, or the SQLSTATE of a refusal. */
export type Probe = {
	table: string;
	name: string;
	promised: string;
	run(sql: TransactionSql, scene: Scene): Promise<string>;
};

type Act = (sql: TransactionSql, scene: Scene, table: string) => Promise<string>;

const anna =
	(role: Principal["role"]) =>
	(scene: Scene): Actor => ({ role: "sheaf_api", principal: { ...scene.anna, role } });
const nobody = (): Actor => ({ role: "sheaf_api", principal: null });
const identity = (): Actor => ({ role: "sheaf_identity", principal: null });
const tablesOwner = (): Actor => ({ role: "sheaf_owner", principal: null });
const service = (): Actor => ({ role: "sheaf_service", principal: null });

/** Rows that a statement touched, or why it was refused. */
async function outcome(work: PromiseLike<{ count: number }>): Promise<string> {
	try {
		return String((await work).count);
	} catch (error) {
		if (error instanceof postgres.PostgresError) return error.code;
		throw error;
	}
}

const reads =
	(actor: (scene: Scene) => Actor): Act =>
	async (sql, scene, table) => {
		await actAs(sql, actor(scene));
		return await outcome(sql`select from ${sql(`sheaf.${table}`)}`);
	};

const changesAll =
	(actor: (scene: Scene) => Actor, change?: (scene: Scene) => string): Act =>
	async (sql, scene, table) => {
		await actAs(sql, actor(scene));
		return await outcome(sql.unsafe(`update sheaf.${table} set ${change?.(scene) ?? changeOf(table)}`));
	};

const deletesAll =
	(actor: (scene: Scene) => Actor): Act =>
	async (sql, scene, table) => {
		await actAs(sql, actor(scene));
		return await outcome(sql`delete from ${sql(`sheaf.${table}`)}`);
	};

/** Whose row is added, and with which columns changed. It was there before, so that everything it points to is there too. */
type Added = { like: "anna" | "bert"; with?: (scene: Scene) => object };

const adds =
	(actor: (scene: Scene) => Actor, added: Added = { like: "anna" }): Act =>
	async (sql, scene, table) => {
		const column = table === "user_settings" ? "user_id" : table === "workspaces" ? "id" : "workspace_id";
		const owner = scene[added.like];
		const [row] = await sql.unsafe<{ row: object }[]>(
			`delete from sheaf.${table} as t where ${column} = $1 returning to_jsonb(t) as row`,
			[column === "user_id" ? owner.userId : owner.workspaceId],
		);
		const json = JSON.stringify({ ...row?.row, ...added.with?.(scene) });
		await actAs(sql, actor(scene));
		return await outcome(
			sql.unsafe(
				`insert into sheaf.${table} select * from jsonb_populate_record(null::sheaf.${table}, $1::text::jsonb)`,
				[json],
			),
		);
	};

const refused = "42501";
const writers = ["owner", "admin", "member"] as const;

/** Tables that the sync engine adds to for whoever owns the record. Connections and targets it only changes. */
const workersTables = new Set([
	"audit_log",
	"changes",
	"deliveries",
	"delivery_attempts",
	"delivery_hours",
	"delivery_problems",
	"event_deliveries",
	"event_hooks",
	"events",
	"operations",
	"records",
	"runs",
	"target_triggers",
	"trigger_messages",
	"watches",
	"selection_runs",
	"blob_removals",
]);

/** What is past its time there, or of use to nobody any more, is swept away. */
const sweptTables = new Set([
	"watches",
	"selection_runs",
	"events",
	"deliveries",
	"records",
	"trigger_messages",
	"changes",
	"blobs_meta",
	"blob_parts",
	"device_blobs",
	"blob_removals",
]);

type Row = readonly [name: string, promised: string, act: Act];

const selectRows: readonly Row[] = [
	["a member reads", "1", reads(anna("member"))],
	["a viewer reads", "1", reads(anna("viewer"))],
	["the worker reads", "1", reads(anna("worker"))],
	["somebody without settings reads", "0", reads(nobody)],
];

const insertRows = (table: string): readonly Row[] => [
	...writers.map((role): Row => [`${withArticle(role)} adds`, "1", adds(anna(role))]),
	["a viewer adds", refused, adds(anna("viewer"))],
	["the worker adds", workersTables.has(table) ? "1" : refused, adds(anna("worker"))],
	[
		"the worker adds in another's name",
		workersTables.has(table) ? "1" : refused,
		adds(anna("worker"), { like: "anna", with: ({ bert }) => ({ owner_id: bert.userId }) }),
	],
	[
		"a member adds in another's name",
		refused,
		adds(anna("member"), { like: "anna", with: ({ bert }) => ({ owner_id: bert.userId }) }),
	],
	[
		"a member adds to another tenant",
		refused,
		adds(anna("member"), { like: "bert", with: (scene) => ({ owner_id: scene.anna.userId }) }),
	],
	["somebody without settings adds", refused, adds(nobody)],
];

const updateRows: readonly Row[] = [
	...[...writers, "worker" as const].map(
		(role): Row => [`${withArticle(role)} changes all in reach`, "1", changesAll(anna(role))],
	),
	["a viewer changes all in reach", "0", changesAll(anna("viewer"))],
	["somebody without settings changes all in reach", "0", changesAll(nobody)],
	[
		"a member moves a row to another tenant",
		refused,
		changesAll(anna("member"), ({ bert }) => `workspace_id = '${bert.workspaceId}'`),
	],
];

const deleteRows = (table: string): readonly Row[] => [
	...writers.map((role): Row => [`${withArticle(role)} deletes all in reach`, "1", deletesAll(anna(role))]),
	["a viewer deletes all in reach", "0", deletesAll(anna("viewer"))],
	["the worker deletes all in reach", sweptTables.has(table) ? "1" : "0", deletesAll(anna("worker"))],
	["somebody without settings deletes all in reach", "0", deletesAll(nobody)],
];

const personRows: Readonly<Record<string, readonly Row[]>> = {
	select: [
		["a person reads", "1", reads(anna("viewer"))],
		["somebody without settings reads", "0", reads(nobody)],
	],
	insert: [
		["a person adds", "1", adds(anna("viewer"))],
		["a person adds for another", refused, adds(anna("owner"), { like: "bert" })],
	],
	update: [
		["a person changes all in reach", "1", changesAll(anna("viewer"))],
		[
			"a person gives theirs to another",
			refused,
			changesAll(anna("owner"), ({ bert }) => `user_id = '${bert.userId}'`),
		],
	],
};

const identityRows: readonly Row[] = [
	["the identity reads", "2", reads(identity)],
	["the identity adds", "1", adds(identity)],
	["the identity changes all in reach", "2", changesAll(identity)],
	["the identity deletes all in reach", "2", deletesAll(identity)],
];

function rowsOf({ role, table, command, using, check }: Policy): readonly Row[] {
	if (role === "sheaf_service") return [["the service reads", "2", reads(service)]];
	if (role === "sheaf_owner") return [["the tables' owner adds", "1", adds(tablesOwner)]];
	if (role === "sheaf_identity") return identityRows.filter(([name]) => command === "all" || name.endsWith("adds"));
	if (`${using ?? check}`.startsWith("(user_id")) return personRows[command] ?? [];
	if (command === "select") return selectRows;
	if (command === "insert") return insertRows(table);
	return command === "update" ? updateRows : deleteRows(table);
}

/** For each policy what it lets whom do, and what it does not. */
export const probes: readonly Probe[] = policies.flatMap((policy) =>
	rowsOf(policy).map(([name, promised, act]) => ({
		table: policy.table,
		name,
		promised,
		run: (sql: TransactionSql, scene: Scene) => act(sql, scene, policy.table),
	})),
);
