import type { NamedRow } from "../../backend/connectors/google-sheets/simulator/control.ts";
import type { Account, OAuthClient } from "../../backend/connectors/google-sheets/simulator/oauth.ts";
import type { QuotaSettings } from "../../backend/connectors/google-sheets/simulator/quotas.ts";
import type { SpreadsheetSeed } from "../../backend/connectors/google-sheets/simulator/state.ts";
import { lastLines, startProcess } from "./child-process.ts";
import { freePort } from "./free-port.ts";
import { inRepository } from "./paths.ts";
import { waitUntil } from "./wait-until.ts";

/** The stand-in for Google's sheets, files and accounts in a process of its own, and the hand on it. */
export type SheetsProcess = {
	/** What GOOGLE_SHEETS_API_URL, GOOGLE_DRIVE_API_URL and GOOGLE_OAUTH_URL are set to. */
	url: string;
	addFile(seed: SpreadsheetSeed): Promise<void>;
	/** An access token that opens every file. */
	addToken(token: string): Promise<void>;
	registerClient(client: OAuthClient): Promise<void>;
	/** Another account to choose on the consent page, after ada@example.com. */
	addAccount(account: Account): Promise<void>;
	/** As an hour that has passed: access tokens got by consent are refused, their refresh tokens work. */
	expireAccessTokens(): Promise<void>;
	/** As a person (everybody, when none is named) who takes the access back at Google. */
	revokeGrant(email?: string): Promise<void>;
	setQuotas(quotas: Partial<QuotaSettings>): Promise<void>;
	rows(file: string, sheetId: number): Promise<NamedRow[]>;
	/** How many requests were refused for being too fast. */
	throttled(): Promise<number>;
	stop(): Promise<void>;
};

export async function startSheetsProcess(name: string): Promise<SheetsProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const serve = "backend/connectors/google-sheets/simulator/serve.ts";
	const running = startProcess({
		command: [inRepository("node_modules/.bin/bun"), serve, "--port", String(port), "--parent", String(process.pid)],
		logName: name,
	});
	const ask = control(url);
	await waitUntil("the simulator of Google to start", async () => {
		if (!running.isRunning()) return true;
		return await ask("GET", "/counters");
	});
	if (!running.isRunning()) throw new Error(`The simulator ended at its start:\n${lastLines(running.logFile)}`);
	const tell = async (path: string, body: unknown): Promise<void> => void (await ask("POST", path, body));
	return {
		url,
		addFile: (seed) => tell("/files", seed),
		addToken: (token) => tell("/tokens", { token }),
		registerClient: (client) => tell("/oauth/clients", client),
		addAccount: (account) => tell("/oauth/accounts", account),
		expireAccessTokens: () => tell("/oauth/expire", {}),
		revokeGrant: (email) => tell("/oauth/revoke", email === undefined ? {} : { email }),
		setQuotas: (quotas) => tell("/quotas", quotas),
		rows: async (file, sheetId) => {
			const query = new URLSearchParams({ file, sheetId: String(sheetId) });
			return (await ask<{ rows: NamedRow[] }>("GET", `/rows?${query}`)).rows;
		},
		throttled: async () => (await ask<{ throttled: number }>("GET", "/counters")).throttled,
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
