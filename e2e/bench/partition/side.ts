import postgres, { type Sql } from "postgres";
import { migrate } from "../../../backend/db/apply-migrations.ts";
import { createTestDatabase, type TestDatabase } from "../../../backend/db/test-database.ts";
import type { Population } from "./population.ts";

/** One database of the comparison. All live on one throw-away server, which is deleted when this process ends, also by Ctrl-C. */
export type Side = TestDatabase & {
	name: string;
	population: Population;
	/** A superuser's only connection. */
	admin: Sql;
};

/**
 * @param apiConnections one where sides are measured in turn, so that each has its plans ready after the first questions; more
 * where people are to write at the same time
 */
export async function openSide(name: string, population: Population, apiConnections = 1): Promise<Side> {
	const fixture = await createTestDatabase({ poolSizes: { api: apiConnections } });
	// What a start does: rights on a database are not copied with a template, and the move makes schemas.
	await migrate({ databaseUrl: fixture.url, databaseKey: fixture.databaseKey });
	const admin = postgres(fixture.url, { max: 1, onnotice: () => undefined });
	return {
		...fixture,
		name,
		population,
		admin,
		close: async () => {
			await admin.end();
			await fixture.close();
		},
	};
}
