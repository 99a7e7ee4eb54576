import { createAirtableConnector } from "../../backend/connectors/airtable/index.ts";
import { startAirtableSimulator } from "../../backend/connectors/airtable/simulator.ts";
import { createBaserowConnector } from "../../backend/connectors/baserow/index.ts";
import { startBaserowSimulator } from "../../backend/connectors/baserow/simulator.ts";
import * as baserow from "../../backend/connectors/baserow/test-scene.ts";
import { startSheetsSimulator } from "../../backend/connectors/google-sheets/simulator.ts";
import * as sheets from "../../backend/connectors/google-sheets/test-scene.ts";
import { createNocodbConnector } from "../../backend/connectors/nocodb/index.ts";
import { startNocodbSimulator } from "../../backend/connectors/nocodb/simulator.ts";
import * as nocodb from "../../backend/connectors/nocodb/test-scene.ts";
import { createNotionConnector } from "../../backend/connectors/notion/index.ts";
import { startNotionSimulator } from "../../backend/connectors/notion/simulator.ts";
import { placeContainer } from "../../backend/connectors/server-address.ts";
import { makeSigningSecret } from "../../backend/connectors/sign-message.ts";
import { createWebhookConnector } from "../../backend/connectors/webhook/index.ts";
import { startWebhookSimulator } from "../../backend/connectors/webhook/simulator.ts";
import { createZapierConnector } from "../../backend/connectors/zapier/index.ts";
import { startZapierSimulator } from "../../backend/connectors/zapier/simulator.ts";
import type { BenchProvider } from "./engine.ts";

const token = "patBench.worthless-outside-this-run";

/** Two bases with two tables each, held to Airtable's five requests a second and base. */
export async function benchAirtable(): Promise<BenchProvider & { tables: BenchProvider["table"][] }> {
	const columns = { url: "fldBenchUrl000000", title: "fldBenchTitle0000" };
	const fields = [
		{ id: columns.title, name: "Title", type: "singleLineText" },
		{ id: columns.url, name: "Link", type: "url" },
	];
	const bases = ["1", "2"].map((base) => ({
		id: `appBench00000000${base}`,
		name: `Base ${base}`,
		tables: ["a", "b"].map((table) => ({ id: `tblBench0000000${base}${table}`, name: `Table ${table}`, fields })),
	}));
	const scopes = ["data.records:read", "data.records:write", "schema.bases:read"];
	const { url, stop } = await startAirtableSimulator({ bases, tokens: [{ token, scopes }] });
	const connector = createAirtableConnector({
		id: "airtable",
		title: "Airtable",
		summary: "",
		apiUrl: url,
		siteUrl: "https://airtable.com",
		contentUrl: url,
		auth: { kind: "account", oauthUrl: url, client: null },
	});
	const tables = bases.flatMap((base) => base.tables.map(({ id }) => ({ containerId: base.id, tableId: id })));
	return { connector, url, credential: { token }, table: firstOf(tables), tables, columns, stop };
}

/** Held to 180 requests a minute. */
export async function benchNotion(): Promise<BenchProvider & { tables: BenchProvider["table"][] }> {
	const idOf = (part: string) => `bbbbbbbb-0000-4000-8000-0000000000${part}`;
	const containerId = idOf("01");
	const properties = [
		{ id: "title", name: "Title", type: "title" },
		{ id: "lnk1", name: "Link", type: "url" },
	] as const;
	const dataSources = ["02", "03"].map((part) => ({ id: idOf(part), name: part, properties: [...properties] }));
	const { url, stop } = await startNotionSimulator({
		databases: [{ id: containerId, name: "Bench", dataSources }],
		tokens: [{ token }],
	});
	const connector = createNotionConnector({ apiUrl: `${url}/v1/`, client: null, webhookSecret: null });
	const tables = dataSources.map(({ id }) => ({ containerId, tableId: id }));
	const columns = { url: "lnk1", title: "title" };
	return { connector, url, credential: { token }, table: firstOf(tables), tables, columns, stop };
}

/** Held to 60 reads and 60 writes a minute. */
export async function benchSheets(): Promise<BenchProvider> {
	const { url, stop } = await startSheetsSimulator({ files: [sheets.sceneFile], tokens: [sheets.sceneToken] });
	return {
		connector: sheets.connectorAt(url),
		url,
		credential: { token: sheets.sceneToken },
		table: { containerId: sheets.fileId, tableId: String(sheets.sheetId) },
		columns: { url: sheets.columns.key, title: sheets.columns.text },
		stop,
	};
}

/** Held to the five requests a second of NocoDB's cloud. */
export async function benchNocodb(): Promise<BenchProvider> {
	const { url, stop } = await startNocodbSimulator({
		bases: [nocodb.conformanceBase],
		token: nocodb.sceneToken,
		requestsPerSecond: 5,
	});
	return {
		connector: createNocodbConnector(),
		url,
		credential: { address: `${url}/`, token: nocodb.sceneToken },
		table: { containerId: placeContainer(nocodb.baseId, url), tableId: nocodb.tableId },
		columns: { url: nocodb.columns.key, title: nocodb.columns.text },
		stop,
	};
}

/** Baserow documents no rate: held to the pace that Sheaf keeps by itself. */
export async function benchBaserow(): Promise<BenchProvider> {
	const { url, stop } = await startBaserowSimulator({
		tables: [baserow.conformanceTable],
		token: baserow.sceneToken,
		requestsPerSecond: 5,
	});
	return {
		connector: createBaserowConnector(),
		url,
		credential: { address: `${url}/`, token: baserow.sceneToken },
		table: { containerId: placeContainer(baserow.databaseId, url), tableId: String(baserow.tableId) },
		columns: { url: baserow.columns.key, title: baserow.columns.text },
		stop,
	};
}

/** Receivers of one's own name no rate; what is held to is the pace that Sheaf keeps by itself. */
export async function benchWebhook(): Promise<BenchProvider> {
	const secret = makeSigningSecret();
	const { url, stop } = await startWebhookSimulator(secret);
	return {
		connector: createWebhookConnector(),
		url,
		credential: { address: `${url}/sheaf`, secret },
		table: { containerId: "requests", tableId: "requests" },
		columns: { url: "url", title: "title" },
		stop,
	};
}

/** Held to thirty requests a second and hook. */
export async function benchZapier(): Promise<BenchProvider> {
	const { url, stop } = await startZapierSimulator();
	return {
		connector: createZapierConnector({ hooksUrl: url }),
		url,
		credential: { address: `${url}/hooks/catch/1234567/abcdefg/` },
		table: { containerId: "zap", tableId: "requests" },
		columns: { url: "url", title: "title" },
		stop,
	};
}

function firstOf<Item>([first]: readonly Item[]): Item {
	if (first === undefined) throw new Error("There is none.");
	return first;
}
