/** `npm run partition`: moves a table into partitions and back while people write, then compares reads at 10 M rows and at 100 k. */
import { percentile, type Samples, seededRandom, sideBySide } from "./compare.ts";
import { fill } from "./fill.ts";
import { allStatements, moveTable } from "./move/move-table.ts";
import { movedTables, proveMove } from "./move/prove-move.ts";
import { readTableDefinition } from "./move/table-definition.ts";
import { type Options, readOptions } from "./options.ts";
import { pickAnywhere } from "./population.ts";
import { type Read, reads, timeRead } from "./reads.ts";
import { openSide, type Side } from "./side.ts";

const small = { rows: 100_000, workspaces: 100 };
/** TEN-4: a read of a tenant's takes no longer than this many times what it takes among 100,000 rows. */
const atMost = 1.2;

const options = readOptions(process.argv.slice(2));
process.exit(options.statements ? await printStatements(options) : await run(options));

async function printStatements({ partitions }: Options): Promise<number> {
	const side = await openSide("statements", small);
	for (const table of movedTables) {
		for (const { step, statements } of allStatements(await readTableDefinition(side.admin, table), partitions)) {
			console.log(`-- ${table}: ${step}\n${statements.map((statement) => `${statement};`).join("\n")}\n`);
		}
	}
	return 0;
}

async function run(options: Options): Promise<number> {
	console.log("The move, on a small database with four people writing:");
	await proveMove(options.partitions, (line) => console.log(`  ${line}`));
	const few = await openFilled(`${small.rows.toLocaleString("en")} rows`, small, 1);
	const many = `${options.rows.toLocaleString("en")} rows`;
	const sides = [few, await openFilled(many, options, 1)];
	if (options.partitioned) {
		sides.push(await openFilled(`${many} in ${options.partitions} partitions`, options, options.partitions));
	}
	for (const side of sides) console.log(`${side.name}: ${await sizeOf(side)}`);
	let missed = false;
	for (const read of reads) missed = (await isSlower(read, sides, options.samples)) || missed;
	if (options.keep) await untilInterrupted(sides);
	return missed ? 1 : 0;
}

async function openFilled(name: string, size: { rows: number; workspaces: number }, partitions: number): Promise<Side> {
	const population = { rows: size.rows, workspaces: size.workspaces };
	const side = await openSide(name, population);
	if (partitions > 1) for (const table of movedTables) await moveTable(side, { table, partitions });
	console.log(`${name}:`);
	await fill(side.admin, population, (line) => console.log(`  ${line}`));
	return side;
}

async function sizeOf({ admin }: Side): Promise<string> {
	const [size] = await admin<{ pretty: string; records: string }[]>`
		select pg_size_pretty(pg_database_size(current_database())) as pretty,
			to_char((select count(*) from sheaf.records), 'FM999,999,999') as records`;
	return `${size?.records} records, ${size?.pretty}`;
}

/** @returns whether the many rows, in tables as they are, are read slower than promised; partitions are reported and promise nothing */
async function isSlower(read: Read, sides: readonly Side[], samples: number): Promise<boolean> {
	const random = seededRandom(7);
	const picks = new Map<number, ReturnType<typeof pickAnywhere>>();
	const measured = await sideBySide(sides, samples, (side, sample) => {
		const pick = picks.get(sample) ?? pickAnywhere(random);
		picks.set(sample, pick);
		return timeRead(read, side, pick);
	});
	console.log(`\n${read.name}:`);
	const [few, ...others] = measured;
	if (few === undefined) throw new Error("Nothing was measured.");
	print(few);
	const [asTheyAre = Number.NaN] = others.map((other) => print(other, few));
	return !(asTheyAre <= atMost);
}

function print({ side, milliseconds }: Samples, base?: Samples): number {
	const [median, p95] = [percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)];
	const ratio = base === undefined ? 1 : p95 / percentile(base.milliseconds, 0.95);
	const verdict = base === undefined ? "" : `, p95 ratio ${ratio.toFixed(2)} (goal ≤ ${atMost} without partitions)`;
	console.log(`  ${side}: median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms${verdict}`);
	return ratio;
}

async function untilInterrupted(sides: readonly Side[]): Promise<void> {
	for (const { name, url } of sides) console.log(`${name}: ${url}`);
	await new Promise((resolve) => process.once("SIGINT", resolve));
}
