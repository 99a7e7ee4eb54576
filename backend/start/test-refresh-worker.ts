import { createHash } from "node:crypto";
import { freshCredential } from "../connections/fresh-credential.ts";
import { createAirtableConnector } from "../connectors/airtable/index.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { connectDatabase } from "../db/connect.ts";
import { createVault } from "../vault/vault.ts";

/**
 * One of several processes that need the same accesses at one moment, as workers do. Waits for a line on its input, opens them all
 * at once, and prints what it got: a digest of each token, or why there is none.
 */
export type RefreshOrder = {
	databaseUrl: string;
	databaseKey: string;
	masterKey: string;
	oauthUrl: string;
	apiUrl: string;
	client: { clientId: string; clientSecret: string };
	places: { workspaceId: string; connectionId: string }[];
};

async function work(order: RefreshOrder): Promise<string[]> {
	const { databaseUrl, databaseKey, masterKey, oauthUrl, apiUrl, client, places } = order;
	const database = connectDatabase({ databaseUrl, databaseKey });
	const connector = createAirtableConnector({
		id: "airtable",
		title: "Airtable",
		summary: "Rows in Airtable.",
		apiUrl,
		siteUrl: "https://airtable.com",
		contentUrl: apiUrl,
		auth: { kind: "account", oauthUrl, client },
	});
	const deps = {
		database,
		vault: createVault([{ kid: "test", key: Buffer.from(masterKey, "base64url") }]),
		connectors: new Map([["airtable", connector]]),
		http: createGuardedHttp({ allowedOrigins: [oauthUrl, apiUrl] }),
		log: { warn: () => undefined },
	};
	// Connected before the start is given, so that all of them ask in the same moment.
	await database.asService("warm the connection up", (sql) => sql`select 1`);
	console.log("ready");
	for await (const _line of console) break;
	const signal = AbortSignal.timeout(60_000);
	const all = await Promise.all(places.map((place) => freshCredential(deps, place, { signal })));
	await database.close();
	return all.map((fresh) =>
		fresh.kind === "open"
			? createHash("sha256")
					.update(fresh.credential["token"] ?? "")
					.digest("hex")
			: fresh.kind,
	);
}

console.log(JSON.stringify(await work(JSON.parse(process.argv[2] ?? "") as RefreshOrder)));
process.exit(0);
