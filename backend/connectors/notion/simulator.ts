import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readBody, send } from "../airtable/simulator/exchange.ts";
import { SimulatorControl } from "./simulator/control.ts";
import { answerControl } from "./simulator/control-http.ts";
import { carryOut } from "./simulator/exchange.ts";
import { failure } from "./simulator/replies.ts";
import { type DatabaseSeed, type TokenSeed, World } from "./simulator/state.ts";

export type SimulatorOptions = {
	/** 0, the default, takes a free one. Always on 127.0.0.1. */
	port?: number;
	databases?: readonly DatabaseSeed[];
	tokens?: readonly TokenSeed[];
};

export type NotionSimulator = {
	/** Without a trailing slash; the API is under `/v1`. */
	url: string;
	control: SimulatorControl;
	stop(): Promise<void>;
};

/** A strict stand-in for Notion's API: enforces what is documented and fails on demand. Runs on Bun and Node. */
export async function startNotionSimulator(options: SimulatorOptions = {}): Promise<NotionSimulator> {
	const world = new World();
	for (const seed of options.databases ?? []) world.addDatabase(seed);
	for (const seed of options.tokens ?? []) world.addToken(seed);
	const hand = new SimulatorControl(world);
	const server = createServer((request, response) => {
		void serve({ world, hand }, request, response).catch(() => response.destroy());
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

type Open = { world: World; hand: SimulatorControl };

async function serve({ world, hand }: Open, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const exchange = { request, response };
	// A page elsewhere can point its own name at this address; a request under such a name is not for us.
	if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
		return send(exchange, failure(403, "host", "Unknown host"));
	}
	const url = new URL(request.url ?? "/", "http://simulator.invalid");
	if (!url.pathname.startsWith("/__control/")) return carryOut(world, exchange);
	const text = (await readBody(request)) ?? "";
	const body: unknown = text === "" ? {} : JSON.parse(text);
	return send(exchange, await answerControl(hand, { method: request.method ?? "GET", url, body }));
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : port;
}
