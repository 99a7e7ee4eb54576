import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { SimulatorControl } from "./simulator/control.ts";
import { control as answerControl } from "./simulator/control-http.ts";
import { carryOut, readBody, send } from "./simulator/exchange.ts";
import { serveOAuth } from "./simulator/oauth/serve-oauth.ts";
import { streamChanges } from "./simulator/page/events.ts";
import { tablesHtml, tablesPage } from "./simulator/page/page.ts";
import { failure, notFound } from "./simulator/replies.ts";
import { type BaseSeed, growBase } from "./simulator/seed.ts";
import { loadState, saveState } from "./simulator/state-file.ts";
import type { TokenSeed } from "./simulator/tokens.ts";
import { World } from "./simulator/world.ts";

export type SimulatorOptions = {
	/** 0, the default, takes a free one. Always on 127.0.0.1. */
	port?: number;
	bases?: readonly BaseSeed[];
	tokens?: readonly TokenSeed[];
	/** Where the tables are kept from one start to the next; `bases` are planted only when it does not exist yet. */
	stateFile?: string;
	/** Whether `/__control` answers; true unless said otherwise. Off where a person's rows are kept. */
	control?: boolean;
};

export type AirtableSimulator = {
	/** Without a trailing slash; the API is under `/v0`, a page with all tables at `/`. */
	url: string;
	control: SimulatorControl;
	stop(): Promise<void>;
};

/** A strict stand-in for Airtable's API: enforces what is documented and fails on demand. Runs on Bun and Node. */
export async function startAirtableSimulator(options: SimulatorOptions = {}): Promise<AirtableSimulator> {
	const { stateFile } = options;
	const saved = stateFile === undefined ? null : loadState(stateFile);
	const world = new World(saved ?? { bases: (options.bases ?? []).map(growBase) });
	for (const token of options.tokens ?? []) world.tokens.add(token);
	if (stateFile !== undefined) {
		saveState(stateFile, world.state);
		world.onChange(() => saveState(stateFile, world.state));
	}
	const hand = new SimulatorControl(world);
	const open = { world, hand: options.control === false ? null : hand };
	// Node counts the request line among the headers; the URL alone may be 16,000 characters long.
	const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
		void serve(open, request, response).catch(() => response.destroy());
	});
	const port = await listen(server, options.port ?? 0);
	return {
		url: `http://127.0.0.1:${port}`,
		control: hand,
		stop: async () => {
			world.faults.clear();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

type Open = { world: World; hand: SimulatorControl | null };

async function serve({ world, hand }: Open, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const exchange = { request, response };
	// A page elsewhere can point its own name at this address; a request under such a name is not for us.
	if (!isOwnName(request.headers.host)) return send(exchange, failure(403, "HOST", "Unknown host"));
	const url = new URL(request.url ?? "/", "http://simulator.invalid");
	if (url.pathname.startsWith("/__control/") && hand !== null) {
		const body = parseJson((await readBody(request)) ?? "");
		return send(exchange, await answerControl(hand, { method: request.method ?? "GET", url, body }));
	}
	if (url.pathname.startsWith("/v0/")) return carryOut(world, exchange);
	if (url.pathname.startsWith("/oauth2/v1/")) return serveOAuth(world, exchange, url);
	if (request.method !== "GET") return send(exchange, notFound());
	if (url.pathname === "/events") return streamChanges(world, response);
	if (url.pathname === "/tables") {
		return send(exchange, { status: 200, body: { text: tablesHtml(world.state), type: "text/html; charset=utf-8" } });
	}
	// Browsers ask for it unasked, and an error in a newcomer's console helps nobody.
	if (url.pathname === "/favicon.ico") return send(exchange, { status: 204, body: { text: "", type: "image/x-icon" } });
	if (url.pathname !== "/") return send(exchange, notFound());
	const { html, headers } = tablesPage(world.state);
	return send(exchange, { status: 200, headers, body: { text: html, type: "text/html; charset=utf-8" } });
}

function isOwnName(host: string | undefined): boolean {
	return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");
}

function parseJson(text: string): unknown {
	try {
		return text === "" ? {} : JSON.parse(text);
	} catch {
		return null;
	}
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : port;
}
