import type { ConformanceFault } from "../conformance-bench.ts";
import { type SimulatedReply, type SimulatedRequest, startSimulatorServer } from "../simulator-server.ts";
import { failure, Refusal } from "./simulator/replies.ts";
import { answerRows, nameRows } from "./simulator/rows.ts";
import type { Field, Right, Table, World } from "./simulator/state.ts";

export type TableSeed = { id: number; name: string; database_id: number; fields: Field[] };

export type BaserowSimulator = {
	url: string;
	requests: readonly string[];
	fail(fault: ConformanceFault): void;
	table(id: number): Table;
	/** What the token may do in a table from now on. */
	allow(tableId: number, rights: readonly Right[]): void;
	revokeToken(token: string): void;
	stop(): Promise<void>;
};

export type BaserowSimulatorOptions = {
	tables: readonly TableSeed[];
	token: string;
	prefix?: string;
	requestsPerSecond?: number;
};

const everything: readonly Right[] = ["create", "read", "update", "delete"];

/**
 * A strict stand-in for Baserow's interface as a database token sees it (checked against the sources of 1.35): rights table by table,
 * slashes at the end, batches that are one transaction, numbers as texts, choices that nobody may add.
 */
export async function startBaserowSimulator(options: BaserowSimulatorOptions): Promise<BaserowSimulator> {
	const { prefix, requestsPerSecond } = options;
	const tables = options.tables.map(
		(seed): Table => ({ ...seed, fields: [...seed.fields], rows: [], lastId: 0, rights: new Set(everything) }),
	);
	const world: World = { tables, tokens: new Set([options.token]), files: new Map() };
	const server = await startSimulatorServer({
		answer: (request) => answer(world, request),
		writesRows: ({ method, pathname }) => method !== "GET" && pathname.includes("/database/rows/"),
		throttled: failure(429, "ERROR_THROTTLED", "Request was throttled. Expected available in 1 second."),
		...(prefix === undefined ? {} : { prefix }),
		...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
	});
	const table = (id: number) => {
		const found = tables.find((candidate) => candidate.id === id);
		if (found === undefined) throw new Error(`There is no table ${id}.`);
		return found;
	};
	return {
		url: server.url,
		requests: server.requests,
		fail: server.fail,
		table,
		allow: (tableId, rights) => {
			table(tableId).rights = new Set(rights);
		},
		revokeToken: (token) => void world.tokens.delete(token),
		stop: server.stop,
	};
}

function answer(world: World, request: SimulatedRequest): SimulatedReply {
	try {
		return handle(world, request);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

function handle(world: World, request: SimulatedRequest): SimulatedReply {
	const { pathname, segments, headers, query } = request;
	if (!pathname.endsWith("/")) return { status: 301, headers: { location: `${pathname}/` } };
	const [scheme, token, ...more] = (headers.authorization ?? "").split(" ");
	if (scheme !== "Token" || token === undefined || more.length > 0) {
		return failure(401, "ERROR_INVALID_TOKEN_HEADER", "Invalid token header. No token provided.");
	}
	if (!world.tokens.has(token)) return failure(401, "ERROR_TOKEN_DOES_NOT_EXIST", "The provided token does not exist.");
	const [, area, room, kind, id] = segments;
	if (area === "user-files") return keepFile(world, request);
	if (room === "tokens") return { status: 200, body: { token: "OK" } };
	if (room === "tables" && kind === "all-tables") return listTables(world);
	if (room === "rows" && kind === "names") {
		const [name = "", ids = ""] = [...query.entries()][0] ?? [];
		return withTable(world, name.replace("table__", ""), (table) => nameRows(table, ids));
	}
	if (kind !== "table") return failure(404, "URL_NOT_FOUND", "URL not found.");
	return withTable(world, id, (table) =>
		room === "fields" ? listFields(table, request) : answerRows(world, table, request),
	);
}

function withTable(world: World, id: string | undefined, act: (table: Table) => SimulatedReply): SimulatedReply {
	const table = world.tables.find((candidate) => String(candidate.id) === id);
	return table === undefined
		? failure(404, "ERROR_TABLE_DOES_NOT_EXIST", "The requested table does not exist.")
		: act(table);
}

function listTables({ tables }: World): SimulatedReply {
	const visible = tables.filter(({ rights }) => rights.size > 0);
	return { status: 200, body: visible.map(({ id, name, database_id }) => ({ id, name, order: 1, database_id })) };
}

/** Any of three rights lets a token see the fields; none lets it make one. */
function listFields({ id, fields, rights }: Table, { method }: SimulatedRequest): SimulatedReply {
	const maySee = rights.has("read") || rights.has("create") || rights.has("update");
	if (method !== "GET" || !maySee) {
		return failure(401, "ERROR_NO_PERMISSION_TO_TABLE", "The token does not have permissions to the table.");
	}
	return { status: 200, body: fields.map((field, order) => ({ table_id: id, order, read_only: false, ...field })) };
}

/** A file by its bytes or fetched from its address; the same content is kept once and has one name. */
function keepFile(world: World, { segments, body, bytes }: SimulatedRequest): SimulatedReply {
	const isFetched = segments[2] === "upload-via-url";
	const { url } = (body ?? {}) as { url?: string };
	if (isFetched && !URL.canParse(url ?? ""))
		return failure(400, "ERROR_INVALID_FILE_URL", "The provided URL is not valid.");
	if (!isFetched && bytes.length === 0) return failure(400, "ERROR_INVALID_FILE", "No file was provided.");
	const content = isFetched ? (url ?? "") : bytes.toString("latin1");
	const original = isFetched ? content : (/filename="([^"]*)"/.exec(content)?.[1] ?? "file");
	const name = `${Bun.hash(content).toString(36)}.bin`;
	world.files.set(name, { original, size: content.length });
	return { status: 200, body: { name, original_name: original, size: content.length } };
}
