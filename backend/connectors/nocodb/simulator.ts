import type { ConformanceFault } from "../conformance-bench.ts";
import { type SimulatedReply, type SimulatedRequest, startSimulatorServer } from "../simulator-server.ts";
import { addColumn, changeColumn, listBases, listTables, showTable } from "./simulator/meta.ts";
import { answerRecords } from "./simulator/records.ts";
import { failure, Refusal } from "./simulator/replies.ts";
import { type Base, type Column, type Role, rowByTitles, type Table, tableOf, type World } from "./simulator/state.ts";

export type ColumnSeed = Omit<Column, "id"> & { id?: string };
export type BaseSeed = { id: string; title: string; tables: { id: string; title: string; columns: ColumnSeed[] }[] };

export type NocodbSimulator = {
	url: string;
	requests: readonly string[];
	fail(fault: ConformanceFault): void;
	table(id: string): Table;
	setRole(baseId: string, role: Role): void;
	revokeToken(token: string): void;
	stop(): Promise<void>;
};

export type NocodbSimulatorOptions = {
	bases: readonly BaseSeed[];
	token: string;
	prefix?: string;
	/** The cloud allows 5; a server of one's own has no limit, which is the default. */
	requestsPerSecond?: number;
};

/**
 * A strict stand-in for NocoDB 0.265's interface, version 2: its types, filters, both error envelopes, roles, and what it leaves out
 * without a word. `npm run check:nocodb` holds the connector against the real one.
 */
export async function startNocodbSimulator(options: NocodbSimulatorOptions): Promise<NocodbSimulator> {
	const { requestsPerSecond, prefix } = options;
	const world: World = {
		bases: options.bases.map(growBase),
		tokens: new Set([options.token]),
		maxRowsPerRequest: 100,
		idsMade: 0,
	};
	const server = await startSimulatorServer({
		answer: (request) => answer(world, request),
		writesRows: ({ method, pathname }) => method !== "GET" && pathname.endsWith("/records"),
		throttled: failure(429, "RATE_LIMIT_EXCEEDED", "Too many requests"),
		...(prefix === undefined ? {} : { prefix }),
		...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
	});
	return {
		url: server.url,
		requests: server.requests,
		fail: server.fail,
		table: (id) => {
			const found = tableOf(world, id);
			if (found === null) throw new Error(`There is no table ${id}.`);
			return found.table;
		},
		setRole: (baseId, role) => {
			for (const base of world.bases) if (base.id === baseId) base.role = role;
		},
		revokeToken: (token) => void world.tokens.delete(token),
		stop: server.stop,
	};
}

function growBase({ id, title, tables }: BaseSeed): Base {
	const grow = (table: BaseSeed["tables"][number]): Table => ({
		...table,
		columns: table.columns.map((column, index) => ({ ...column, id: column.id ?? `c${table.id}${index}` })),
		rows: [],
		lastId: 0,
	});
	return { id, title, role: "creator", tables: tables.map(grow) };
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
	const { method, segments } = request;
	const [, version, room, kind, id, part] = segments;
	const isKnown = world.tokens.has(String(request.headers["xc-token"]));
	if (version === "v1" && segments.at(-1) === "me")
		return { status: 200, body: isKnown ? owner : { roles: { guest: true } } };
	if (!isKnown) return failure(401, "AUTHENTICATION_REQUIRED", "Authentication required - Invalid token");
	if (version === "v3" && segments.at(-1) === "upload") return uploadFile(world, request);
	if (version !== "v2") return failure(404, "INVALID_API_VERSION", "API version unsupported");
	if (room === "tables") return tableRows(world, request, kind);
	if (kind === "columns") return withColumn(world, request, id);
	if (kind === "bases" && id === undefined) return listBases(world);
	if (kind === "bases" && part === "tables") {
		const base = world.bases.find((candidate) => candidate.id === id);
		return base === undefined ? failure(404, "BASE_NOT_FOUND", `Base '${id}' not found`) : listTables(base);
	}
	const found = tableOf(world, id);
	if (found === null) return failure(404, "TABLE_NOT_FOUND", `Table '${id}' not found`);
	if (method === "GET") return showTable(found.table);
	return found.base.role === "creator" ? addColumn(world, found.table, request) : forbidden("columnAdd");
}

const owner = { is_api_token: true, id: "us1", email: "owner@sheaf.test", roles: { "org-level-creator": true } };

function forbidden(deed: string): SimulatedReply {
	return failure(403, "FORBIDDEN", `Forbidden - Unauthorized access: ${deed}`);
}

function tableRows(world: World, request: SimulatedRequest, id: string | undefined): SimulatedReply {
	const found = tableOf(world, id);
	if (found === null) return failure(404, "TABLE_NOT_FOUND", `Table '${id}' not found`);
	if (request.method !== "GET" && found.base.role === "viewer") return forbidden("dataInsert");
	return answerRecords(world, found.table, request);
}

function withColumn(world: World, request: SimulatedRequest, id: string | undefined): SimulatedReply {
	for (const base of world.bases) {
		for (const table of base.tables) {
			const column = table.columns.find((candidate) => candidate.id === id);
			if (column === undefined) continue;
			return base.role === "creator" ? changeColumn(table, column, request) : forbidden("columnUpdate");
		}
	}
	return failure(404, "FIELD_NOT_FOUND", `Field '${id}' not found`);
}

/** `/api/v3/data/{base}/{table}/records/{row}/fields/{column}/upload`: the file comes as base64 in JSON. */
function uploadFile(world: World, { segments, body }: SimulatedRequest): SimulatedReply {
	const [, , , , tableId, , rowId, , columnId] = segments;
	const found = tableOf(world, tableId);
	const key = found?.table.columns.find(({ pk }) => pk);
	const row = found?.table.rows.find((candidate) => key !== undefined && String(candidate[key.id]) === rowId);
	if (found === null || row === undefined || columnId === undefined) {
		return failure(404, "RECORD_NOT_FOUND", `Record '${rowId}' not found`);
	}
	if (found.base.role === "viewer") return forbidden("dataUpdate");
	const { file, filename, contentType } = body as { file: string; filename: string; contentType: string };
	world.idsMade += 1;
	const earlier = Array.isArray(row[columnId]) ? row[columnId] : [];
	const size = Buffer.from(file, "base64").length;
	const entry = {
		id: `at${world.idsMade}`,
		title: filename,
		mimetype: contentType,
		size,
		path: `download/${filename}`,
	};
	row[columnId] = [...earlier, entry];
	return { status: 200, body: { id: rowId, fields: rowByTitles(found.table, row) } };
}
