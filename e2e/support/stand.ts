import { type Backend, startBackend } from "./backend.ts";
import { createDatabase, type WorkerDatabase } from "./database.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { freePort } from "./free-port.ts";
import { type Simulator, startSimulator } from "./simulator.ts";
import { type Sites, startSites } from "./sites.ts";
import { waitUntil } from "./wait-until.ts";

/** Everything around the browser: what one worker of a run has to itself. */
export type Stand = {
	database: WorkerDatabase;
	backend: Backend;
	/** The backend's public address. */
	proxy: FaultProxy;
	simulator: Simulator;
	sites: Sites;
	/** Before each test: no fault is planned, the backend runs, and nobody has ever signed up. */
	clear(): Promise<void>;
	stop(): Promise<void>;
};

/** Servers that the backend is started among, and the settings by which it knows them. */
export type Surroundings = { env: Record<string, string>; stop(): Promise<void> };

const nothingAround = { env: {}, stop: () => Promise.resolve() };

/**
 * @param name tells this stand's database, logs and data from those of others in the run
 * @param surround told the backend's public address before it is started
 */
export async function openStand(
	name: string,
	surround: (publicUrl: string) => Promise<Surroundings> = () => Promise.resolve(nothingAround),
): Promise<Stand> {
	const database = await createDatabase(`sheaf_${name.replaceAll("-", "_")}`);
	const [simulator, sites, proxy] = await Promise.all([
		startSimulator(`simulator-${name}`),
		startSites(),
		freePort().then(startFaultProxy),
	]);
	const surroundings = await surround(proxy.url);
	const backend = await startBackend({
		name: `backend-${name}`,
		database,
		publicUrl: proxy.url,
		airtableUrl: simulator.url,
		onPort: proxy.pointAt,
		env: surroundings.env,
	});
	return {
		database,
		backend,
		proxy,
		simulator,
		sites,
		clear: async () => {
			proxy.reset();
			backend.checkpoints.clear();
			await simulator.reset();
			if (!backend.isRunning()) await backend.start();
			// Rate limits too: a run signs up more people from one address than any person would.
			// The engine may be at work on the last test's rows, and PostgreSQL then ends one of the two.
			await waitUntil("the tables to be empty", async () => {
				await database.query(
					"truncate sheaf.users, sheaf.workspaces, sheaf.provider_budgets, sheaf.rate_limits cascade",
				);
				return true;
			});
		},
		stop: async () => {
			await backend.stop();
			await Promise.all([simulator.stop(), sites.close(), proxy.close(), surroundings.stop()]);
			await database.drop();
		},
	};
}
