import type { ErrorCode } from "../contract/errors.ts";
import type { SourceColumn, SourceFilter, SourcePlace, SourceRow, SourceSchema } from "../contract/sources.ts";
import type { ConformanceFault } from "./conformance-bench.ts";
import type { Connector, ConnectorCall, ConnectorResult } from "./connector.ts";
import { createGuardedDial } from "./dial.ts";
import type { GuardedFiles } from "./files.ts";
import { createGuardedHttp } from "./http.ts";
import type { Source, SourcePage } from "./source.ts";

/** The columns that the simulator's table has, by the part they play in the suite. `key` is a text that is searched, too. */
export type SourcePart = "key" | "text" | "number" | "day";

/** What somebody else put there; a part that is left out is an empty cell. */
export type PlantedRow = { key: string; text?: string; number?: number; day?: string };

type Awaitable<Value> = Value | Promise<Value>;

export type SourceFault = Exclude<ConformanceFault, { kind: "dropped_after_commit" }>;

/** A provider's stand-in with one table, seen as a source. */
export type SourceSimulator = {
	url: string;
	credential: Readonly<Record<string, string>>;
	place: SourcePlace;
	/** Column ids. A part that its rows cannot have is left out, and the cases about it with it. */
	columns: Readonly<Record<"key", string> & Partial<Record<SourcePart, string>>>;
	/** Where the connector reads files of the workspace. */
	files?: GuardedFiles;
	plant(rows: readonly PlantedRow[]): Awaitable<void>;
	/** Somebody else deletes the row with this key. */
	remove(key: string): Awaitable<void>;
	/** Strikes the next request that lists rows. */
	fail(fault: SourceFault): void;
	revokeCredential(): Awaitable<void>;
	removeTable(): Awaitable<void>;
	stop(): Promise<void>;
};

export type SourceConformanceOptions = {
	name: string;
	createSimulator(): Promise<SourceSimulator>;
	/** `timeoutMs` is for connectors that bound their own sockets; the others' requests end with the `http` they are given. */
	createConnector(simulator: SourceSimulator, timeoutMs: number): Connector;
	/** Faults that cannot be made there, each with the reason. */
	without?: Partial<Record<SourceFault["kind"], string>>;
	/** Why a refusal for being busy never says for how long. */
	noRetryAfter?: { reason: string };
	/** Why there is nobody who could refuse a credential, or for being busy: only the faults in a reading are tried then. */
	noProvider?: { reason: string };
	/** What is said where the table is gone, if it can be said more exactly than `delivery/table-missing`. */
	goneReason?: ErrorCode;
	/** Why nothing is searched on the provider's side; `search` is then not offered by any column. */
	noSearch?: { reason: string };
};

export type Asked = { cursor?: string | null; filter?: SourceFilter; search?: string; limit?: number };

/** One fresh simulator and what the cases do with it. */
export class SourceBench {
	readonly simulator: SourceSimulator;
	readonly connector: Connector;
	readonly #timeoutMs: number;

	constructor(
		simulator: SourceSimulator,
		options: Pick<SourceConformanceOptions, "createConnector">,
		timeoutMs = 10_000,
	) {
		this.simulator = simulator;
		this.connector = options.createConnector(simulator, timeoutMs);
		this.#timeoutMs = timeoutMs;
	}

	source(): Source {
		const { source } = this.connector;
		if (source === undefined) throw new Error("The connector is no source.");
		return source;
	}

	call(): ConnectorCall {
		const http = createGuardedHttp({ allowedOrigins: [this.simulator.url], timeoutMs: this.#timeoutMs });
		const dial = createGuardedDial({ allowedPrivateHosts: [new URL(this.simulator.url).hostname] });
		const dials = this.connector.manifest.dials === true ? { dial } : {};
		const { credential, files } = this.simulator;
		const reads = files === undefined ? {} : { files };
		return { credential, http, ...dials, ...reads, signal: new AbortController().signal };
	}

	async schema(): Promise<SourceSchema> {
		return valueOf(await this.source().schema(this.call(), this.simulator.place));
	}

	column(schema: SourceSchema, part: SourcePart): SourceColumn {
		const column = schema.columns.find(({ id }) => id === this.simulator.columns[part]);
		if (column === undefined) throw new Error(`The schema has no column for the part ${part}.`);
		return column;
	}

	async page({ cursor = null, filter = [], search, limit = 10 }: Asked = {}): Promise<ConnectorResult<SourcePage>> {
		const schema = await this.schema();
		const query = { cursor, filter, search: search ?? null, limit, columns: schema.columns, schema };
		return await this.source().list(this.call(), this.simulator.place, query);
	}

	/** Every page to the end; `between` happens after each. */
	async all(asked: Asked = {}, between: () => Awaitable<void> = () => undefined): Promise<SourceRow[]> {
		const rows: SourceRow[] = [];
		let { cursor = null } = asked;
		do {
			const page = valueOf(await this.page({ ...asked, cursor }));
			rows.push(...page.rows);
			cursor = page.cursor;
			await between();
		} while (cursor !== null);
		return rows;
	}

	keyOf({ fields }: SourceRow): string {
		const value = fields[this.simulator.columns.key]?.value;
		return typeof value === "string" ? value : "";
	}

	async keys(asked: Asked = {}): Promise<string[]> {
		const rows = new Map((await this.all(asked)).map((row) => [row.externalId, this.keyOf(row)]));
		return [...rows.values()].toSorted();
	}
}

export function valueOf<Value>(result: ConnectorResult<Value>): Value {
	if (result.kind !== "ok") throw new Error(`${result.kind}: ${result.message}`);
	return result.value;
}
