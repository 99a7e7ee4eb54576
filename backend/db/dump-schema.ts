import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { randomPassword } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { processSource } from "../env.ts";
import { migrate } from "./apply-migrations.ts";
import { describeSchema } from "./describe-schema.ts";

/**
 * `npm run db:dump`: writes `migrations/schema.sql` from what the migrations make on an empty server of its own.
 * With `--check` it writes nothing, prints what differs and exits with 1.
 */
const snapshotPath = fileURLToPath(new URL("../../migrations/schema.sql", import.meta.url));

async function describeMigratedSchema(): Promise<string> {
	const cluster = await startThrowAwayCluster();
	const databaseUrl = cluster.url("postgres");
	const admin = postgres(databaseUrl, { max: 4, onnotice: () => undefined });
	try {
		await migrate({ databaseUrl, databaseKey: randomPassword() });
		return await describeSchema(admin);
	} finally {
		await admin.end();
		await cluster.stop();
	}
}

/** Lines that only one side has. Order is not compared line by line: it is fixed, so a difference shows as a line. */
function difference(committed: string, actual: string): string[] {
	const [before, after] = [committed.split("\n"), actual.split("\n")];
	const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
	const added = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
	return [...gone, ...added];
}

const actual = await describeMigratedSchema();
if (processSource().arguments.includes("--check")) {
	const committed = await readFile(snapshotPath, "utf8").catch(() => "");
	if (committed !== actual) {
		console.error("migrations/schema.sql is not what the migrations make. Run `npm run db:dump` and commit it.");
		for (const line of difference(committed, actual)) console.error(line);
		process.exitCode = 1;
	}
} else {
	await writeFile(snapshotPath, actual);
	console.log("migrations/schema.sql is written.");
}
