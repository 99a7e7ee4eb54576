import postgres, { type Sql } from "postgres";
import type { Connector, ConnectorCall, PushRow, PushTarget } from "../../backend/connectors/connector.ts";
import { createPostgresConnector } from "../../backend/connectors/postgres/index.ts";
import { startThrowAwayCluster } from "../../backend/embedded/throw-away.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";
import { postgresCall } from "./postgres-call.ts";

const rounds = 9;
const batchesPerRound = 10;
const goal = 0.5;

type Row = Record<"key" | "title" | "description" | "brand", string> & { price: number; rating: number; sold: boolean };

/**
 * (h) Batches through the connector, over its guarded socket, with the answer which row each became, against the same rows by one
 * `insert … on conflict` a batch over a connection that is open already. Both to the same server.
 */
export const postgresDestination: Measurement = {
	name: "postgres-destination",
	measure: async (): Promise<Figure[]> => {
		const cluster = await startThrowAwayCluster();
		const bare = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
		const connector = createPostgresConnector();
		try {
			for (const table of ["ours", "theirs"]) await makeTable(bare, table);
			const call = postgresCall("writer", cluster.port);
			const target = await discoverTarget(connector, call);
			const size = connector.manifest.limits.recordsPerRequest;
			let round = 0;
			const took = await interleave(
				rounds,
				async () => {
					round += 1;
					for (const rows of batches(round, size)) await push(connector, call, { target, rows });
				},
				async () => {
					for (const rows of batches(round, size)) await insertBare(bare, rows);
				},
			);
			const perSecond = (ms: number) => Math.round((batchesPerRound * size * 1_000) / ms);
			return [
				figure({
					id: "postgres-destination",
					title: "Postgres destination, rows/s, over bare batched upserts",
					unit: "ratio",
					rounds: ratios(took.theirs, took.ours),
					goal: { atLeast: goal },
					details: { "rows/s": perSecond(median(took.ours)), "bare rows/s": perSecond(median(took.theirs)) },
				}),
			];
		} finally {
			connector.close?.();
			await bare.end();
			await cluster.stop();
		}
	},
};

async function makeTable(sql: Sql, name: string): Promise<void> {
	await sql`create table ${sql(name)} (id bigint generated always as identity primary key, key text unique, title text,
		description text, brand text, price numeric(12,2), rating float8, sold boolean)`;
	await sql.unsafe(
		`do $$ begin create role writer login password 'secret'; exception when duplicate_object then null; end $$;
		grant select, insert, update on ${name} to writer`,
	);
}

async function discoverTarget(connector: Connector, call: ConnectorCall): Promise<PushTarget> {
	const found = await connector.discover(call);
	const table = found.kind === "ok" ? found.value.find(({ id }) => id === "ours") : undefined;
	if (table === undefined) throw new Error("Discovery did not find the table.");
	const columns = table.fields.filter(({ writable }) => writable);
	return { containerId: table.container.id, tableId: table.id, matchKey: ["key"], columns };
}

/** Every other round writes new rows, the ones between write those again. */
function batches(round: number, size: number): Row[][] {
	return Array.from({ length: batchesPerRound }, (_, batch) =>
		Array.from({ length: size }, (_, index) => ({
			key: `https://shop.example.test/${Math.ceil(round / 2)}/${batch}/${index}`,
			title: `Stoneware jug ${index}`,
			description: "A jug of stoneware, thrown by hand and glazed in ash grey. ".repeat(4),
			brand: "Northern Kiln",
			price: 48.5,
			rating: 4.6,
			sold: round % 2 === 0,
		})),
	);
}

type Pushing = { target: PushTarget; rows: readonly Row[] };

async function push(connector: Connector, call: ConnectorCall, { target, rows }: Pushing): Promise<void> {
	const sent: PushRow[] = rows.map((cells, index) => ({ ref: String(index), cells }));
	const result = await connector.push(call, target, sent);
	if (result.kind !== "pushed") throw new Error(`A batch was not written: ${JSON.stringify(result)}`);
}

async function insertBare(bare: Sql, rows: readonly Row[]): Promise<void> {
	await bare`insert into theirs ${bare(rows)} on conflict (key) do update set title = excluded.title,
		description = excluded.description, brand = excluded.brand, price = excluded.price, rating = excluded.rating,
		sold = excluded.sold`;
}
