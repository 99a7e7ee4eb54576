import postgres, { type Sql } from "postgres";
import { roleUrl } from "../../../../backend/db/roles.ts";
import type { TestDatabase } from "../../../../backend/db/test-database.ts";
import {
	catchUpStatements,
	copyStatement,
	finishStatements,
	foreignKeyStatements,
	formerSchema,
	indexStatements,
	movingSchema,
	openStatements,
	prepareStatements,
	swapStatements,
	watchStatements,
} from "./statements.ts";
import { readTableDefinition, type TableDefinition } from "./table-definition.ts";

const rowsPerBatch = 10_000;
const keysPerCatchUp = 200;
/** Below the server's `deadlock_timeout` of a second: whoever waits for the owner goes on before anybody is ended for it. */
const lockTimeoutMs = 500;
const attempts = 100;

export type Move = {
	table: string;
	partitions: number;
	/** What others do meanwhile, after the copy and before the twin has caught up. */
	meanwhile?: () => Promise<void>;
};

/**
 * Moves a table into partitions, or out of them, while others read and write it: the steps of backend/db/partitioning.md,
 * as `sheaf_owner`, who is no superuser and whom row-level security binds.
 */
export async function moveTable({ url, databaseKey }: TestDatabase, move: Move): Promise<void> {
	const owner = postgres(roleUrl(url, databaseKey, "sheaf_owner"), { max: 1, onnotice: () => undefined });
	try {
		await owner.unsafe(`set lock_timeout = ${lockTimeoutMs}`);
		const table = await readTableDefinition(owner, move.table);
		await owner.unsafe(`create schema ${movingSchema}; create schema ${formerSchema}`);
		await inTransaction(owner, prepareStatements(table, move.partitions));
		await each(owner, openStatements(table, move.partitions));
		await inTransaction(owner, watchStatements(table));
		await copyRows(owner, table);
		await each(owner, indexStatements(table));
		await move.meanwhile?.();
		await catchUp(owner, table);
		const foreignKeys = foreignKeyStatements(table);
		await each(owner, foreignKeys.add);
		await catchUp(owner, table);
		await each(owner, foreignKeys.validate);
		await catchUp(owner, table);
		await inTransaction(owner, swapStatements(table));
		await each(owner, finishStatements(table, move.partitions));
	} finally {
		await owner.end();
	}
}

/** All statements of the move, in order, for people to read. */
export function allStatements(table: TableDefinition, partitions: number): { step: string; statements: string[] }[] {
	return [
		{ step: "1 Prepare", statements: [...prepareStatements(table, partitions), ...openStatements(table, partitions)] },
		{ step: "2 Note what changes", statements: watchStatements(table) },
		{ step: "3 Copy, batch after batch", statements: [copyStatement(table, false)] },
		{ step: "4 Index", statements: indexStatements(table) },
		{ step: "5 Catch up, again and again", statements: catchUpStatements(table, keysPerCatchUp) },
		{ step: "6 Foreign keys, then catch up once more", statements: foreignKeyStatements(table).add },
		{ step: "7 Validate them, then catch up once more", statements: foreignKeyStatements(table).validate },
		{ step: "8 Swap", statements: swapStatements(table) },
		{ step: "9 Finish", statements: finishStatements(table, partitions) },
	];
}

async function copyRows(owner: Sql, table: TableDefinition): Promise<void> {
	let last: string[] = [];
	for (;;) {
		const statement = copyStatement(table, last.length === 0);
		const [row] = await owner.unsafe<Record<string, string>[]>(statement, [rowsPerBatch, ...last]);
		if (row === undefined) return;
		last = Object.values(row);
	}
}

async function catchUp(owner: Sql, table: TableDefinition): Promise<void> {
	const statements = ["set transaction isolation level repeatable read", ...catchUpStatements(table, keysPerCatchUp)];
	for (;;) {
		const taken = await inTransaction(owner, statements);
		if (taken < keysPerCatchUp) return;
	}
}

async function each(owner: Sql, statements: readonly string[]): Promise<void> {
	for (const statement of statements) await inTransaction(owner, [statement]);
}

/** No lock to be had, a serialization failure, a deadlock, and a row whose record went in the very moment it was taken over. */
const passingFailures = ["55P03", "40001", "40P01", "23503"];

/**
 * What fails in passing is tried again, on what is there by then: nobody is held up for longer.
 *
 * @returns how many rows the last statement touched
 */
async function inTransaction(owner: Sql, statements: readonly string[], attemptsLeft = attempts): Promise<number> {
	try {
		return await owner.begin(async (sql) => {
			let rows = 0;
			for (const statement of statements) rows = (await sql.unsafe(statement)).count;
			return rows;
		});
	} catch (error) {
		const again = error instanceof postgres.PostgresError && passingFailures.includes(error.code);
		if (!again || attemptsLeft === 0) throw error;
		return await inTransaction(owner, statements, attemptsLeft - 1);
	}
}
