import pg from "pg";
import { electricSecret, startElectricSimulator } from "../../backend/api/testing/simulator-electric.ts";
import type { Surroundings } from "./stand.ts";

const changes = { name: "sheaf.changes", key: ["workspace_id", "changed_by", "subject", "subject_id"] };

/** The stand-in for Electric among which a backend is started, and what it is to follow: Electric reads the replication log. */
export type StandInElectric = {
	surroundings: Surroundings;
	/** How many polls wait for something to happen. */
	waiting(): number;
	/** Begins to follow the table of changes of a database. */
	follow(databaseUrl: string): Promise<void>;
	/** As when a schema changes: every shape has to be begun anew. */
	rotate(): void;
};

export async function startElectric(): Promise<StandInElectric> {
	const electric = await startElectricSimulator();
	let client: pg.Client | null = null;
	const put = new Set<string>();
	const read = async (from: pg.Client) => {
		const { rows } = await from.query<Record<string, string>>(`
			select workspace_id::text, changed_by::text, subject, subject_id::text, changed_at::text from sheaf.changes order by changed_by`);
		for (const row of rows) {
			const key = changes.key.map((column) => row[column]).join(" ");
			if (put.has(key)) continue;
			put.add(key);
			electric.put(row, changes);
		}
	};
	return {
		surroundings: {
			env: { ELECTRIC_URL: electric.url, ELECTRIC_SECRET: electricSecret() },
			stop: async () => {
				await client?.end();
				await electric.stop();
			},
		},
		waiting: () => electric.waiting(),
		follow: async (databaseUrl) => {
			const listening = new pg.Client({ connectionString: databaseUrl });
			client = listening;
			// Its database is dropped at the end, which is no test's failure.
			listening.on("error", () => undefined);
			await listening.connect();
			let reading = Promise.resolve();
			listening.on("notification", () => {
				reading = reading.then(() => read(listening)).catch(() => undefined);
			});
			await listening.query("listen sheaf_changes");
		},
		rotate: () => electric.rotate(),
	};
}
