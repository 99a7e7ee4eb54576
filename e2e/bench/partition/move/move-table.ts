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
	prepareStatements,
	swapStatements,
	watchStatements,
} from "./statements.ts";
import { readTableDefinition, type TableDefinition } from "./table-definition.ts";

const rowsPerBatch = 10_000;
const lockTimeoutMs = 2_000;
const attempts = 20;

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
		await inTransaction(owner, watchStatements(table));
		await copyRows(owner, table);
		await each(owner, indexStatements(table));
		await move.meanwhile?.();
		await catchUp(owner, table);
		await each(owner, foreignKeyStatements(table));
		await catchUp(owner, table);
		await inTransaction(owner, swapStatements(table));
		await each(owner, finishStatements(table, move.partitions));
		await owner.unsafe(`drop schema ${movingSchema} cascade; drop schema ${formerSchema} cascade`);
	} finally {
		await owner.end();
	}
}

/** All statements of the move, in order, for people to read. */
export function allStatements(table: TableDefinition, partitions: number): { step: string; statements: string[] }[] {
	return [
		{ step: "1 Prepare", statements: prepareStatements(table, partitions) },
		{ step: "2 Note what changes", statements: watchStatements(table) },
		{ step: "3 Copy, batch after batch", statements: [copyStatement(table, false)] },
		{ step: "4 Index", statements: indexStatements(table) },
		{ step: "5 Catch up, again and again", statements: catchUpStatements(table) },
		{ step: "6 Foreign keys", statements: foreignKeyStatements(table) },
		{ step: "7 Swap", statements: swapStatements(table) },
		{ step: "8 Finish", statements: finishStatements(table, partitions) },
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
	await inTransaction(owner, ["set transaction isolation level repeatable read", ...catchUpStatements(table)]);
}

async function each(owner: Sql, statements: readonly string[]): Promise<void> {
	for (const statement of statements) await inTransaction(owner, [statement]);
}

/** A lock that is not to be had, or a row that a cascade has just taken, is tried again: nobody is held up for longer. */
async function inTransaction(owner: Sql, statements: readonly string[], attemptsLeft = attempts): Promise<void> {
	try {
		await owner.begin(async (sql) => {
			for (const statement of statements) await sql.unsafe(statement);
		});
	} catch (error) {
		const again = error instanceof postgres.PostgresError && ["55P03", "40001", "40P01"].includes(error.code);
		if (!again || attemptsLeft === 0) throw error;
		await inTransaction(owner, statements, attemptsLeft - 1);
	}
}
