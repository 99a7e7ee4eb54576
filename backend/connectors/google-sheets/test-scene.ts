import type { PushTarget } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { createGoogleSheetsConnector } from "./index.ts";
import type { Reach } from "./oauth.ts";
import type { SheetSeed, SpreadsheetSeed } from "./simulator/state.ts";
import { startSheetsSimulator } from "./simulator.ts";

/** One typed tab with a column for each part of the conformance suite; shared by this folder's tests. */
export const sceneToken = "ya29.scene";
export const fileId = "1sceneFile";
export const sheetId = 7;

export const columns = {
	key: "Key",
	text: "Text",
	long: "Long",
	number: "Number",
	day: "Day",
	instant: "Instant",
	choice: "Choice",
};

const types = ["TEXT", "TEXT", "TEXT", "DOUBLE", "DATE", "DATE_TIME", "TEXT"];

export const typedTab: SheetSeed = {
	sheetId,
	title: "It's data",
	cells: [Object.values(columns)],
	table: types.map((type) => ({ type })),
};

/** Its clock is not UTC, so that a time which forgot its zone is seen. */
export const sceneFile: SpreadsheetSeed = {
	id: fileId,
	title: "Scene",
	timeZone: "America/New_York",
	sheets: [typedTab],
};

export const sceneClient = { clientId: "sheaf", clientSecret: "s3cret" };

export function connectorAt(url: string, reach: Reach = "made") {
	return createGoogleSheetsConnector({ apiUrl: url, driveUrl: url, oauthUrl: url, client: sceneClient, reach });
}

/** The connector in front of a simulator with these files, and the target of a tab. */
export async function openConnector(files: readonly SpreadsheetSeed[] = [sceneFile]) {
	const simulator = await startSheetsSimulator({ files, tokens: [sceneToken], clients: [registeredClient] });
	simulator.world.quotas.now = () => 0;
	const connector = connectorAt(simulator.url);
	const http = createGuardedHttp({ allowedOrigins: [simulator.url] });
	const call = (token = sceneToken) => ({ credential: { token }, http, signal: new AbortController().signal });
	const discover = async () => {
		const found = await connector.discover(call());
		if (found.kind !== "ok") throw new Error(found.message);
		return found.value;
	};
	const target = async (tableId: string, matchKey: string[]): Promise<PushTarget> => {
		const table = (await discover()).find(({ id }) => id === tableId);
		if (table === undefined) throw new Error(`Discovery did not find ${tableId}.`);
		return { containerId: table.container.id, tableId, matchKey, columns: table.fields };
	};
	return { simulator, connector, call, discover, target };
}

export const redirectUri = "https://sheaf.example/connections/callback";
export const registeredClient = { ...sceneClient, redirectUris: [redirectUri] };
