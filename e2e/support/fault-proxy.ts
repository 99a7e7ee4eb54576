import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { type Fault, FaultPlan, type PlannedFault } from "./fault-plan.ts";

/**
 * Stands between the browser and the backend, and is the backend's public address: the backend can be killed and started
 * again behind it, and single requests can meet a fault at a named moment.
 */
export type FaultProxy = {
	url: string;
	/** Where requests go from now on. */
	pointAt(port: number): void;
	/** The next requests that match meet this fault. */
	plan(fault: Fault): PlannedFault;
	/** Nobody is reached at this address until `comeBack`: new and open connections are cut. */
	goAway(): void;
	comeBack(): void;
	/** Every request seen since the last `reset`, as `METHOD path`. */
	requests(): string[];
	/** The last of them with their times and answers, for the report of a test that failed. */
	journal(): string[];
	/** Forgets faults and requests. */
	reset(): void;
	close(): Promise<void>;
};

type Exchange = { incoming: IncomingMessage; outgoing: ServerResponse; body: Buffer };

/** A request as it was seen; times in milliseconds since the epoch. */
type Seen = { method: string; path: string; at: number; status: number | null; endedAt: number | null };

export async function startFaultProxy(port: number): Promise<FaultProxy> {
	const plan = new FaultPlan();
	let backendPort = 0;
	let away = false;
	let seen: Seen[] = [];
	const note = ({ method = "", url = "" }: IncomingMessage, outgoing: ServerResponse) => {
		const one: Seen = { method, path: url, at: Date.now(), status: null, endedAt: null };
		seen.push(one);
		outgoing.on("close", () => Object.assign(one, { status: outgoing.statusCode, endedAt: Date.now() }));
	};
	const server = createServer((incoming, outgoing) => {
		void readBody(incoming).then(
			(body) => {
				note(incoming, outgoing);
				if (away) return void incoming.socket.destroy();
				return pass({ incoming, outgoing, body }, plan, () => backendPort);
			},
			() => incoming.socket.destroy(),
		);
	});
	server.keepAliveTimeout = 1_000;
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	return {
		url: `http://localhost:${port}`,
		pointAt: (newPort) => {
			backendPort = newPort;
		},
		plan: (fault) => plan.add(fault),
		goAway: () => {
			away = true;
			server.closeAllConnections();
		},
		comeBack: () => {
			away = false;
		},
		requests: () => seen.map(({ method, path }) => `${method} ${path}`),
		journal: () => seen.slice(-journalLength).map(describe),
		reset: () => {
			away = false;
			seen = [];
			plan.clear();
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const journalLength = 20;

/** Without the query: it may have a code or a token. */
function describe({ method, path, at, status, endedAt }: Seen): string {
	const answer = endedAt === null ? "not answered yet" : `${status} after ${endedAt - at} ms`;
	return `${new Date(at).toISOString()} ${method} ${path.replace(/\?.*/, "")}: ${answer}`;
}

async function pass(exchange: Exchange, plan: FaultPlan, backendPort: () => number): Promise<void> {
	const { incoming, outgoing } = exchange;
	const { method = "GET", url: path = "/", headers } = incoming;
	const fault = plan.take({ method, path, authorization: headers.authorization });
	fault?.reached();
	if (fault?.with === "refuse") return void incoming.socket.destroy();
	if (fault?.with === "answer") {
		outgoing.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
		return void outgoing.end(fault.body);
	}
	if (fault?.with === "hold-request") await fault.released;
	const reply = await forward(exchange, backendPort(), fault?.with === "spoil-token");
	if (fault?.with === "hold-response") {
		fault.answered(reply?.status ?? 0);
		await fault.released;
	}
	if (fault?.with === "drop-response") fault.answered(reply?.status ?? 0);
	// A backend that is down looks to the browser as it would without this proxy: the connection ends.
	if (reply === null || fault?.with === "drop-response") return void incoming.socket.destroy();
	outgoing.writeHead(reply.status, reply.headers);
	if (Buffer.isBuffer(reply.body)) return void outgoing.end(reply.body);
	// Whichever side hangs up, the other does.
	pipeline(reply.body, outgoing, () => incoming.socket.destroy());
}

/** A stream of events is passed on as it comes; anything else once it is whole. */
type Reply = { status: number; headers: IncomingMessage["headers"]; body: Buffer | IncomingMessage };

function forward({ incoming, body }: Exchange, port: number, spoilToken: boolean): Promise<Reply | null> {
	const headers = { ...incoming.headers };
	delete headers.connection;
	if (spoilToken && headers.authorization) headers.authorization = `${headers.authorization.slice(0, -8)}AAAAAAAA`;
	return new Promise((resolve) => {
		const upstream = httpRequest(
			{ host: "127.0.0.1", port, method: incoming.method, path: incoming.url, headers, agent: false },
			(response) => {
				const { "transfer-encoding": _encoding, connection: _connection, ...replyHeaders } = response.headers;
				const reply = { status: response.statusCode ?? 502, headers: replyHeaders };
				if (replyHeaders["content-type"] === "text/event-stream") return resolve({ ...reply, body: response });
				readBody(response).then(
					(whole) => resolve({ ...reply, body: whole }),
					() => resolve(null),
				);
			},
		);
		upstream.on("error", () => resolve(null));
		upstream.end(body);
	});
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
