import type { FaultRule, FaultView } from "../../backend/connectors/airtable/simulator/faults.ts";
import type { RowView, Settings } from "../../backend/connectors/notion/simulator/control.ts";
import type { DatabaseSeed, OAuthClient, TokenSeed } from "../../backend/connectors/notion/simulator/state.ts";
import { lastLines, startProcess } from "./child-process.ts";
import { freePort } from "./free-port.ts";
import { inRepository } from "./paths.ts";
import { waitUntil } from "./wait-until.ts";

/** The Notion simulator in a process of its own, and the hand on it. */
export type NotionProcess = {
	/** What NOTION_API_URL is set to. */
	url: string;
	addDatabase(seed: DatabaseSeed): Promise<void>;
	/** The integration as an operator registers it: its id and secret, and where people come back to. */
	addClient(client: OAuthClient): Promise<void>;
	addToken(seed: TokenSeed): Promise<void>;
	/** One token, or all of them: the person took the access back. */
	revoke(token?: string): Promise<void>;
	rows(dataSourceId: string): Promise<RowView[]>;
	plan(rule: FaultRule): Promise<FaultView>;
	requests(): Promise<{ method: string; path: string }[]>;
	settings(change: Settings): Promise<void>;
	removeProperty(dataSource: string, property: string): Promise<void>;
	/** Forgets faults and counters; databases, rows and tokens stay. */
	reset(): Promise<void>;
	stop(): Promise<void>;
};

export async function startNotionProcess(name: string): Promise<NotionProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const serve = "backend/connectors/notion/simulator/serve.ts";
	const running = startProcess({
		command: [inRepository("node_modules/.bin/bun"), serve, "--port", String(port), "--parent", String(process.pid)],
		logName: name,
	});
	const ask = control(url);
	await waitUntil("the Notion simulator to start", async () => {
		if (!running.isRunning()) return true;
		return await ask("GET", "/requests");
	});
	if (!running.isRunning()) throw new Error(`The simulator ended at its start:\n${lastLines(running.logFile)}`);
	const tell = async (path: string, body: unknown): Promise<void> => void (await ask("POST", path, body));
	return {
		url,
		addDatabase: (seed) => tell("/databases", seed),
		addClient: (client) => tell("/clients", client),
		addToken: (seed) => tell("/tokens", seed),
		revoke: (token) => tell("/tokens/revoke", token === undefined ? {} : { token }),
		rows: async (dataSource) =>
			(await ask<{ rows: RowView[] }>("GET", `/rows?${new URLSearchParams({ dataSource })}`)).rows,
		plan: (rule) => ask<FaultView>("POST", "/faults", rule),
		requests: async () => (await ask<{ requests: { method: string; path: string }[] }>("GET", "/requests")).requests,
		settings: (change) => tell("/settings", change),
		removeProperty: (dataSource, property) => tell("/properties/remove", { dataSource, property }),
		reset: () => tell("/reset", {}),
		stop: () => running.stop(),
	};
}

type Ask = <Answer = unknown>(method: string, path: string, body?: unknown) => Promise<Answer>;

const control =
	(url: string): Ask =>
	async <Answer>(method: string, path: string, body?: unknown) => {
		const reply = await fetch(`${url}/__control${path}`, {
			method,
			...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
		});
		const text = await reply.text();
		if (!reply.ok) throw new Error(`The simulator answered ${reply.status} to ${method} ${path}: ${text}`);
		return JSON.parse(text) as Answer;
	};
