import { type SimulatorServer, startSimulatorServer } from "../simulator-server.ts";
import { answer, isWrite, throttledReply } from "./simulator/answer.ts";
import { answerControl, usualScopes } from "./simulator/control.ts";
import type { OAuthClient } from "./simulator/oauth.ts";
import type { QuotaSettings } from "./simulator/quotas.ts";
import { growSpreadsheet, type SpreadsheetSeed } from "./simulator/state.ts";
import { World } from "./simulator/world.ts";

export type SheetsSimulatorOptions = {
	/** 0, the default, takes a free one. */
	port?: number;
	files?: readonly SpreadsheetSeed[];
	/** Access tokens that open every file. */
	tokens?: readonly string[];
	clients?: readonly OAuthClient[];
	quotas?: Partial<QuotaSettings>;
};

export type SheetsSimulator = SimulatorServer & { world: World };

/** A strict stand-in for Google's sheets, files, accounts and consent page on one address: enforces what is documented, fails on demand. */
export async function startSheetsSimulator(options: SheetsSimulatorOptions = {}): Promise<SheetsSimulator> {
	let address = "";
	const world = new World(() => address);
	for (const file of options.files ?? []) world.files.set(file.id, growSpreadsheet(file));
	for (const token of options.tokens ?? []) world.oauth.plant(token, usualScopes);
	for (const client of options.clients ?? []) world.oauth.register(client);
	world.quotas.settings = { ...world.quotas.settings, ...options.quotas };
	const server = await startSimulatorServer({
		answer: (request) =>
			request.pathname.startsWith("/__control/") ? answerControl(world, request) : answer(world, request),
		writesRows: isWrite,
		port: options.port ?? 0,
		throttled: throttledReply,
	});
	address = server.url;
	return { ...server, world };
}
