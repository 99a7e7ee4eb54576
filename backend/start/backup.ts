import { resolve } from "node:path";
import { backUpData, restoreData } from "../embedded/copy-data.ts";
import { processSource, readStartSettings } from "../env.ts";
import { nonEmpty } from "../env-reader.ts";
import { StartError } from "../errors.ts";

/**
 * `npm run backup -- <folder>` and `npm run restore -- <folder>`: the data directory of a Sheaf that is stopped, copied away and back. A
 * server of one's own (`DATABASE_URL`) has its own tools (`docs/backing-up.md`).
 */
async function carryOut(): Promise<void> {
	const source = processSource();
	const [verb, folder] = source.arguments;
	const { dataDir } = readStartSettings(source);
	if (nonEmpty(source.variables["DATABASE_URL"]) !== null) {
		throw new StartError(
			"DATABASE_URL names a server of your own: back that up with pg_dump (backend/docs/backing-up.md).",
		);
	}
	if ((verb !== "backup" && verb !== "restore") || folder === undefined) {
		throw new StartError("Say which folder: npm run backup -- <folder>, or npm run restore -- <folder>.");
	}
	const backupDir = resolve(source.workingDirectory, folder);
	if (verb === "backup") await backUpData(dataDir, backupDir);
	else await restoreData(backupDir, dataDir);
	console.log(verb === "backup" ? `Backed up to ${backupDir}.` : `Restored to ${dataDir}. Start Sheaf with npm start.`);
}

try {
	await carryOut();
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
