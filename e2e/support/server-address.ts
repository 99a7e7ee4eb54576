/** Where the run's PostgreSQL is, and what its roles' passwords are derived from. */
export type ServerAddress = { url: string; databaseKey: string };

const variable = "SHEAF_TEST_POSTGRES";

/** Set before the workers are started: they inherit the environment. */
export function announceServerAddress(address: ServerAddress): void {
	process.env[variable] = JSON.stringify(address);
}

export function readServerAddress(): ServerAddress {
	const text = process.env[variable];
	if (!text) throw new Error("The run's PostgreSQL was not started; see support/global-setup.ts.");
	return JSON.parse(text) as ServerAddress;
}
