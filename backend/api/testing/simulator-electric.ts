import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A row of the table that is stood in for: text, as Electric sends values. */
export type ShapeRow = Readonly<Record<string, string>>;

/** Of which table a row is, and its key there. */
export type ShapeTable = { name: string; key: readonly string[] };

type Entry = { offset: string; table: ShapeTable; row: ShapeRow; operation: "insert" | "update" | "delete" };

/**
 * Stands in for Electric as its published HTTP specification has it (1.7: `GET /v1/shape`): first sync, long polls, must-refetch with a new
 * handle. It does what it is told: the condition and its parameters are taken from the query whoever wrote them, and without a condition
 * everybody's rows are answered.
 */
export type ElectricSimulator = {
	url: string;
	/** Every query that arrived, in order. */
	asked: URLSearchParams[];
	/** Adds or changes a row, of `connections` if nothing else is said; whoever waits for it is told. */
	put(row: ShapeRow, table?: ShapeTable): void;
	/** How many polls wait for something to happen. */
	waiting(): number;
	/** Forgets every shape: what comes with an older handle is answered 409. */
	rotate(): void;
	/** The next request is answered so, once. */
	failOnce(status: number, headers?: Record<string, string>): void;
	stop(): Promise<void>;
};

const secret = "an electric secret of tests";
const connections: ShapeTable = { name: "sheaf.connections", key: ["workspace_id", "id"] };
/** Like Electric's. */
const pollMs = 20_000;

export function electricSecret(): string {
	return secret;
}

export async function startElectricSimulator(): Promise<ElectricSimulator> {
	const standIn = new StandIn();
	const server = createServer((request, response) => {
		void standIn.serve(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		asked: standIn.asked,
		put: (row, table = connections) => standIn.put(row, table),
		waiting: () => standIn.waiting(),
		rotate: () => standIn.rotate(),
		failOnce: (status, headers = {}) => void standIn.failures.push({ status, headers }),
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

class StandIn {
	readonly asked: URLSearchParams[] = [];
	readonly failures: { status: number; headers: Record<string, string> }[] = [];
	readonly #log: Entry[] = [];
	readonly #waiting = new Set<() => void>();
	#generation = 1;

	put(row: ShapeRow, table: ShapeTable): void {
		const next = { offset: `${this.#log.length + 1}_0`, table, row };
		const known = this.#log.some((entry) => keyOf(entry) === keyOf(next));
		this.#log.push({ ...next, operation: known ? "update" : "insert" });
		this.#wakeAll();
	}

	waiting(): number {
		return this.#waiting.size;
	}

	rotate(): void {
		this.#generation += 1;
		this.#wakeAll();
	}

	async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://electric");
		this.asked.push(query);
		const failure = this.failures.shift();
		if (failure) return void response.writeHead(failure.status, failure.headers).end("[]");
		if (pathname !== "/v1/shape") return refuse(response, 404, "Not found");
		if (query.get("secret") !== secret) return refuse(response, 401, "Unauthorized - Invalid API secret");
		const offset = query.get("offset");
		const begins = offset === "-1" || offset === "now";
		if (!query.get("table") || offset === null || (!begins && !query.get("handle")))
			return refuse(response, 400, "Invalid request");
		const handle = handleOf(query, this.#generation);
		if (query.has("handle") && query.get("handle") !== handle) return mustRefetch(response, handle);
		const news = () => changesSince(this.#log, query, offset);
		const until = Date.now() + pollMs;
		// Woken by every change, also by those of other shapes.
		while (query.get("live") === "true" && news().length === 0 && handle === handleOf(query, this.#generation)) {
			if (Date.now() >= until || response.closed) break;
			await this.#nextChange(response, until - Date.now());
		}
		const now = handleOf(query, this.#generation);
		if (now !== handle) return mustRefetch(response, now);
		answer(response, { query, handle, entries: news(), last: this.#log.at(-1)?.offset ?? "0_inf" });
	}

	async #nextChange(response: ServerResponse, withinMs: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const wake = () => {
				clearTimeout(timer);
				response.off("close", wake);
				this.#waiting.delete(wake);
				resolve();
			};
			const timer = setTimeout(wake, withinMs);
			this.#waiting.add(wake);
			response.once("close", wake);
		});
	}

	#wakeAll(): void {
		const waiting = [...this.#waiting];
		this.#waiting.clear();
		for (const wake of waiting) wake();
	}
}

/** A shape is its table, columns and condition: whoever comes with another shape's handle has to begin anew. */
function handleOf(query: URLSearchParams, generation: number): string {
	const definition = ["table", "columns", "where", "params[1]"].map((name) => query.get(name)).join("|");
	return `${createHash("sha256").update(definition).digest("hex").slice(0, 16)}-${generation}`;
}

function keyOf({ table, row }: Pick<Entry, "table" | "row">): string {
	const name = table.name.replace(/[^.]+/g, '"$&"');
	return [name, ...table.key.map((column) => `"${row[column]}"`)].join("/");
}

/** The rows of a shape by its condition: `"column" = $1`, or all of them where there is none that it understands. */
function changesSince(log: readonly Entry[], query: URLSearchParams, offset: string): Entry[] {
	const column = /^"(\w+)" = \$1$/.exec(query.get("where") ?? "")?.[1];
	const matching = log
		.filter(({ table }) => table.name === query.get("table"))
		.filter(({ row }) => column === undefined || row[column] === query.get("params[1]"));
	if (offset === "now" || (offset === "-1" && query.get("log") === "changes_only")) return [];
	if (offset !== "-1") return matching.filter((entry) => placeOf(entry.offset) > placeOf(offset));
	const newest = new Map(matching.map((entry) => [keyOf(entry), entry]));
	return [...newest.values()].map((entry) => ({ ...entry, operation: "insert" }));
}

function placeOf(offset: string): number {
	return Number(offset.split("_")[0]);
}

type Answer = { query: URLSearchParams; handle: string; entries: readonly Entry[]; last: string };

function answer(response: ServerResponse, { query, handle, entries, last }: Answer): void {
	const columns = (query.get("columns") ?? "").split(",").map((column) => column.replaceAll('"', ""));
	const shown = (row: ShapeRow) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
	const messages = entries.map((entry) => ({
		key: keyOf(entry),
		value: shown(entry.row),
		headers: { operation: entry.operation, relation: entry.table.name.split(".") },
	}));
	const schema = Object.fromEntries(columns.map((column) => [column, { type: "text" }]));
	response.writeHead(200, {
		"content-type": "application/json",
		"cache-control": "public, max-age=5, s-maxage=60, stale-while-revalidate=5",
		"electric-handle": handle,
		"electric-offset": last,
		"electric-schema": JSON.stringify(schema),
		"electric-up-to-date": "",
		// Only while it is live, and another one each time: the client takes a known one for an answer out of a cache, and waits for the next.
		...(query.get("live") === "true" ? { "electric-cursor": String(Number(query.get("cursor") ?? 0) + 1) } : {}),
		etag: `"${handle}:${last}"`,
	});
	response.end(JSON.stringify([...messages, { headers: { control: "up-to-date" } }]));
}

function mustRefetch(response: ServerResponse, handle: string): void {
	response.writeHead(409, {
		"content-type": "application/json",
		"electric-handle": handle,
		location: "/v1/shape?where=ours",
		"cache-control": "public, max-age=60",
	});
	response.end(JSON.stringify([{ headers: { control: "must-refetch" } }]));
}

function refuse(response: ServerResponse, status: number, message: string): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}
