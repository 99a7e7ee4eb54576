import { openStand, type Stand } from "../support/stand.ts";
import { startPostgres } from "../support/start-postgres.ts";

/** A backend process, a simulator and a database for one measurement; all ended after it. */
export async function withStand<Result>(name: string, work: (stand: Stand) => Promise<Result>): Promise<Result> {
	const stopPostgres = await startPostgres();
	try {
		const stand = await openStand(name);
		try {
			return await work(stand);
		} finally {
			await stand.stop();
		}
	} finally {
		await stopPostgres();
	}
}
