import { describeSchema } from "../../../../backend/db/describe-schema.ts";
import { listRecords } from "../../../../backend/records/list-records.ts";
import { waitUntil } from "../../../support/wait-until.ts";
import { fill, type Progress } from "../fill.ts";
import { ownerOf, type Population } from "../population.ts";
import { openSide, type Side } from "../side.ts";
import { moveTable } from "./move-table.ts";
import { type Ledger, startWriters, type Writers } from "./writers.ts";

/** In this order: a delivery points to its record. */
export const movedTables = ["records", "deliveries"] as const;

const population: Population = { workspaces: 100, rows: 40_000 };
const writersIn = [0, 3, 20, 57];
const untouched = 40;
const operationsMeanwhile = 200;

/**
 * The plan, carried out on a small database while four people write: into partitions and back out of them.
 *
 * @throws when a write that was answered is not there, a record nobody touched has changed, somebody sees another's rows, or
 * the way back does not end at the schema it began with
 */
export async function proveMove(partitions: number, progress: Progress): Promise<void> {
	const side = await openSide("the move", population, writersIn.length);
	try {
		await fill(side.admin, population, () => undefined);
		const schemaBefore = await describeSchema(side.admin);
		const contentBefore = await contentOf(side, untouched);
		const writers = startWriters(side, writersIn);
		await moveAll(side, { partitions, writers });
		await expectPartitioned(side, partitions);
		progress(`into ${partitions} partitions: ${writers.answered()} operations were answered meanwhile`);
		await moveAll(side, { partitions: 1, writers });
		progress(`and back: ${writers.answered()} by now`);
		await expectLedger(side, await writers.stop());
		equal("A record that nobody touched", await contentOf(side, untouched), contentBefore);
		equal("The schema after the way back", await describeSchema(side.admin), schemaBefore);
	} finally {
		await side.close();
	}
}

/** Both tables, each with writers at work from its first step to its last. */
async function moveAll(side: Side, { partitions, writers }: { partitions: number; writers: Writers }): Promise<void> {
	for (const table of movedTables) {
		const from = writers.answered();
		const meanwhile = () =>
			waitUntil(`${operationsMeanwhile} operations while ${table} moves`, async () =>
				writers.answered() - from >= operationsMeanwhile ? true : undefined,
			);
		await moveTable(side, { table, partitions, meanwhile: async () => void (await meanwhile()) });
	}
}

async function expectPartitioned({ admin, database }: Side, partitions: number): Promise<void> {
	for (const table of movedTables) {
		const [count] = await admin<{ partitions: number; closed: number }[]>`
			select count(*)::integer as partitions, count(*) filter (where relrowsecurity and relforcerowsecurity)::integer as closed
			from pg_inherits join pg_class on oid = inhrelid where inhparent = ('sheaf.' || ${table})::regclass`;
		equal(`Partitions of ${table}`, count, { partitions, closed: partitions });
		const first = `sheaf.${table}_of${partitions}_00`;
		const seen = await database.asTenant(ownerOf(0), (sql) => sql.unsafe(`select from ${first}`)).catch(codeOf);
		equal(`What a tenant is told who asks ${first} directly`, seen, "42501");
	}
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : error);

/** Whatever was answered `stored` is there for its writer, and for nobody else. */
async function expectLedger(side: Side, ledger: Ledger): Promise<void> {
	const rows = await side.admin<{ id: string; version: number; deliveries: number }[]>`
		select r.id, r.version, count(d.record_id)::integer as deliveries
		from sheaf.records r left join sheaf.deliveries d on d.workspace_id = r.workspace_id and d.record_id = r.id
		where r.id = any(${[...ledger.keys()]}::uuid[]) group by r.workspace_id, r.id`;
	const stored = new Map(rows.map(({ id, ...rest }) => [id, rest]));
	for (const [id, { version }] of ledger) {
		equal(`Record ${id}`, stored.get(id), version === null ? undefined : { version, deliveries: 1 });
	}
	const [id, entry] = [...ledger].find(([, { version }]) => version !== null) ?? [];
	if (id === undefined || entry === undefined) throw new Error("The writers stored nothing.");
	const readBy = async (workspace: number) =>
		(await listRecords(side, ownerOf(workspace), { ids: id, limit: 1 })).records.length;
	equal("What its writer reads", await readBy(entry.workspace), 1);
	equal("What somebody else reads", await readBy(untouched), 0);
}

/** A fingerprint of all that a workspace holds, in any order of columns and rows on disk. */
async function contentOf({ admin, population }: Side, workspace: number): Promise<unknown> {
	const { workspaceId } = ownerOf(Math.min(workspace, population.workspaces - 1));
	return await admin`
		select (select md5(string_agg(to_jsonb(r)::text, '' order by id)) from sheaf.records r where workspace_id = ${workspaceId})
				as records,
			(select md5(string_agg(to_jsonb(d)::text, '' order by record_id)) from sheaf.deliveries d where workspace_id = ${workspaceId})
				as deliveries`;
}

function equal(what: string, found: unknown, promised: unknown): void {
	if (Bun.deepEquals(found, promised)) return;
	throw new Error(`${what}: found ${Bun.inspect(found)} instead of ${Bun.inspect(promised)}.`);
}
