import postgres, { type Sql } from "postgres";
import type { Connector, ConnectorCall } from "../../backend/connectors/connector.ts";
import { createPostgresConnector } from "../../backend/connectors/postgres/index.ts";
import { startThrowAwayCluster } from "../../backend/embedded/throw-away.ts";
import { type Figure, figure, interleave, type Measurement, median, ratios } from "./figure.ts";
import { postgresCall } from "./postgres-call.ts";

const rounds = 5;
const rowCount = 100_000;
const pageSize = 500;
const goal = 0.5;

/**
 * (i) 100,000 rows through the connector as a source, page by page in the order of the key and as fields of records, against the same rows
 * read by a bare cursor with pages of the same size. Both from the same server.
 */
export const sourceScan: Measurement = {
	name: "source-scan",
	measure: async (): Promise<Figure[]> => {
		const cluster = await startThrowAwayCluster();
		const bare = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
		const connector = createPostgresConnector();
		try {
			await makeTable(bare);
			const call = postgresCall("reader", cluster.port);
			const took = await interleave(
				rounds,
				async () => expectAll(await scan(connector, call)),
				async () => expectAll(await readBare(bare)),
			);
			const perSecond = (ms: number) => Math.round((rowCount * 1_000) / ms);
			return [
				figure({
					id: "source-scan",
					title: "Postgres source, rows/s of a 100,000-row scan, over a bare cursor",
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

function expectAll(count: number): void {
	if (count !== rowCount) throw new Error(`The scan gave ${count} rows.`);
}

async function makeTable(sql: Sql): Promise<void> {
	await sql.unsafe(`create table rows (id bigint generated always as identity primary key, key text, title text, description text,
			brand text, price numeric(12,2), rating float8, sold boolean, day date);
		insert into rows (key, title, description, brand, price, rating, sold, day)
			select 'key ' || n, 'Title ' || n, repeat('Words of a description. ', 6), 'Brand ' || n % 50, n / 100.0, n % 50 / 10.0, n % 2 = 0,
				date '2024-01-01' + n % 700 from generate_series(1, ${rowCount}) n;
		analyze rows; create role reader login password 'secret'; grant select on rows to reader`);
}

async function scan(connector: Connector, call: ConnectorCall): Promise<number> {
	const { source } = connector;
	const place = { containerId: "public", tableId: "rows" };
	const schema = await source?.schema(call, place);
	if (source === undefined || schema?.kind !== "ok") throw new Error("The table cannot be read.");
	const asked = { filter: [], search: null, limit: pageSize, columns: schema.value.columns, schema: schema.value };
	let [cursor, count]: [string | null, number] = [null, 0];
	do {
		const page = await source.list(call, place, { ...asked, cursor });
		if (page.kind !== "ok") throw new Error(page.message);
		count += page.value.rows.length;
		cursor = page.value.cursor;
	} while (cursor !== null);
	return count;
}

async function readBare(sql: Sql): Promise<number> {
	let count = 0;
	for await (const rows of sql`select * from rows`.cursor(pageSize)) count += rows.length;
	return count;
}
