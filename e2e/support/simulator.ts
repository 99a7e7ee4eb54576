import type { NamedRow } from "../../backend/connectors/airtable/simulator/control.ts";
import type { FaultRule, FaultView } from "../../backend/connectors/airtable/simulator/faults.ts";
import type { AppliedUpsert, Counters } from "../../backend/connectors/airtable/simulator/journal.ts";
import type {
	OAuthAccount,
	OAuthClient,
} from "../../backend/connectors/airtable/simulator/oauth/authorization-server.ts";
import type { BaseSeed } from "../../backend/connectors/airtable/simulator/seed.ts";
import type { Base } from "../../backend/connectors/airtable/simulator/state.ts";
import { lastLines, startProcess } from "./child-process.ts";
import { freePort } from "./free-port.ts";
import { inRepository } from "./paths.ts";
import { waitUntil } from "./wait-until.ts";

/** The Airtable simulator in a process of its own, and the hand on it. */
export type Simulator = {
	/** What AIRTABLE_API_URL is set to. */
	url: string;
	addBase(seed: BaseSeed): Promise<Base>;
	/** A token that opens these bases and nothing else, and may add columns there. */
	addToken(token: string, bases: string[]): Promise<void>;
	revokeToken(token: string): Promise<void>;
	/** Registers an integration; its consent page is under the same address (AIRTABLE_OAUTH_URL). */
	registerClient(client: OAuthClient): Promise<void>;
	/** Another account to choose on the consent page, after ada@example.com. */
	addAccount(account: OAuthAccount): Promise<void>;
	/** As an hour that has passed: access tokens got by consent are refused, their refresh tokens work. */
	expireAccessTokens(): Promise<void>;
	/** As a person (everybody, when none is named) who removes the integration at Airtable. */
	revokeGrant(email?: string): Promise<void>;
	rows(baseId: string, table: string): Promise<NamedRow[]>;
	plan(rule: FaultRule): Promise<SimulatorFault>;
	counters(): Promise<Counters>;
	upserts(): Promise<AppliedUpsert[]>;
	settings(change: Record<string, unknown>): Promise<void>;
	/** Forgets faults, counters and penalties; bases, rows and tokens stay. */
	reset(): Promise<void>;
	stop(): Promise<void>;
};

/** A fault of the simulator's, with the proof that it struck. */
export type SimulatorFault = { hits(): Promise<number>; struck(): Promise<void>; release(): Promise<void> };

/** What its form asks for, and what makes columns. */
const scopes = ["data.records:read", "data.records:write", "schema.bases:read", "schema.bases:write"];

export async function startSimulator(name: string): Promise<Simulator> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const serve = "backend/connectors/airtable/simulator/serve.ts";
	const running = startProcess({
		command: [inRepository("node_modules/.bin/bun"), serve, "--port", String(port), "--parent", String(process.pid)],
		logName: name,
	});
	const ask = control(url);
	await waitUntil("the simulator to start", async () => {
		if (!running.isRunning()) return true;
		return await ask("GET", "/bases");
	});
	if (!running.isRunning()) throw new Error(`The simulator ended at its start:\n${lastLines(running.logFile)}`);
	return {
		url,
		addBase: (seed) => ask<Base>("POST", "/bases", seed),
		addToken: async (token, bases) => void (await ask("POST", "/tokens", { token, bases, scopes, tellsScopes: true })),
		revokeToken: async (token) => void (await ask("POST", "/tokens/revoke", { token })),
		registerClient: async (client) => void (await ask("POST", "/oauth/clients", client)),
		addAccount: async (account) => void (await ask("POST", "/oauth/accounts", account)),
		expireAccessTokens: async () => void (await ask("POST", "/oauth/expire", {})),
		revokeGrant: async (email) => void (await ask("POST", "/oauth/revoke", email === undefined ? {} : { email })),
		rows: async (baseId, table) => {
			const query = new URLSearchParams({ base: baseId, table });
			return (await ask<{ rows: NamedRow[] }>("GET", `/rows?${query}`)).rows;
		},
		plan: (rule) => planFault(ask, rule),
		counters: () => ask<Counters>("GET", "/counters"),
		upserts: async () => (await ask<{ upserts: AppliedUpsert[] }>("GET", "/upserts")).upserts,
		settings: async (change) => void (await ask("POST", "/settings", change)),
		reset: async () => void (await ask("POST", "/reset", {})),
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

async function planFault(ask: Ask, rule: FaultRule): Promise<SimulatorFault> {
	const { id } = await ask<FaultView>("POST", "/faults", rule);
	const hits = async () => {
		const { faults } = await ask<{ faults: FaultView[] }>("GET", "/faults");
		return faults.find((fault) => fault.id === id)?.hits ?? 0;
	};
	return {
		hits,
		struck: async () =>
			void (await waitUntil("the simulator's fault to strike", async () => (await hits()) > 0, { timeoutMs: 60_000 })),
		release: async () => void (await ask("POST", "/faults/release", { id })),
	};
}
