import type { TableField } from "../contract/connections.ts";
import type { FieldValue } from "../contract/fields.ts";
import type { Connector, ConnectorCall, PushResult, PushRow, PushTarget } from "./connector.ts";
import { createGuardedDial } from "./dial.ts";
import { createGuardedHttp } from "./http.ts";

/** The columns that every simulator's table has, by the part they play in the suite. */
export type ConformanceColumn = "key" | "text" | "long" | "number" | "day" | "instant" | "choice";

/** A simulator in this process answers at once, a real server later. */
type Awaitable<Value> = Value | Promise<Value>;

/** What is to go wrong with the next request that writes. */
export type ConformanceFault =
	| { kind: "throttled"; retryAfterSeconds: number | null }
	| { kind: "server_error" }
	| { kind: "gateway_page" }
	| { kind: "no_answer" }
	| { kind: "dropped_before" }
	| { kind: "dropped_after_commit" }
	| { kind: "malformed_reply" };

/** A provider's stand-in as the suite needs it, with one table that has a column for each part. */
export type ConformanceSimulator = {
	url: string;
	credential: Readonly<Record<string, string>>;
	table: { containerId: string; tableId: string; columns: Readonly<Record<ConformanceColumn, string>> };
	/** The rows as the provider keeps them, cells by column id, empty ones absent. */
	rows(): Awaitable<Record<string, unknown>[]>;
	/** Plants a row that somebody else made. */
	plant(cells: Record<string, unknown>): Awaitable<void>;
	fail(fault: ConformanceFault): void;
	/** Makes the provider forget the credential, take away the permission, or lose a column. */
	revokeCredential(): Awaitable<void>;
	withdrawPermission(): Awaitable<void>;
	removeColumn(column: ConformanceColumn): Awaitable<void>;
	stop(): Promise<void>;
};

/** A simulator that tells of what somebody else does to its rows. */
export type WatchedSimulator = ConformanceSimulator & {
	editAsPerson(remoteId: string): void;
	removeAsPerson(remoteId: string): void;
	/** Resolves when every notice that left was answered. */
	noticesSettled(): Promise<void>;
};

export type ConformanceOptions = {
	name: string;
	createSimulator(): Promise<ConformanceSimulator>;
	/** `timeoutMs` is for connectors that bound their own sockets; the others' requests end with the `http` they are given. */
	createConnector(simulator: ConformanceSimulator, timeoutMs: number): Connector;
	/** The same with the provider's rate lifted, for 10,000 records; without it that case is left out. */
	createUnlimitedSimulator?(): Promise<ConformanceSimulator>;
	/** Given where the connector has `watch`: a simulator that sends its notices to this address, and the connector in front of it. */
	watched?: {
		createSimulator(noticeUrl: string): Promise<WatchedSimulator>;
		createConnector(simulator: ConformanceSimulator): Connector;
	};
	/** Why a text of 100 kB does not fit the provider's cells. It has to be refused in words then, and is never cut. */
	shorterCells?: { reason: string };
	/** Why a choice that its column does not have cannot be added. The record has to be refused in words then. */
	fixedChoices?: { reason: string };
	/** Why an instant is not made a day by its column: the provider has one type for both. */
	oneDateType?: { reason: string };
	/** Why nobody can have two rows of one key there. A row that would be the second is refused then, as its own fault. */
	uniqueKeys?: { reason: string };
	/** Why a refusal for being busy never says for how long. */
	noRetryAfter?: { reason: string };
	/** Why the good rows beside a bad one stay written: the provider takes one row per request. */
	rowByRow?: { reason: string };
	/**
	 * Why a row gets another id when its key changes: the provider keeps none. `addressPart` is the part of the id that the row's address
	 * has.
	 */
	movingIds?: { reason: string; addressPart(remoteId: string): string };
	/**
	 * It sends messages: there are no rows to find again, no table, and each message arrives at least once with a stable id. `rows()` of
	 * its simulator are the messages with each id once, and `plant`, `removeColumn` and `withdrawPermission` are never called.
	 */
	atLeastOnce?: true;
};

/** One fresh simulator and what the cases do with it. */
export class ConformanceBench {
	readonly simulator: ConformanceSimulator;
	readonly connector: Connector;
	readonly #createConnector: ConformanceOptions["createConnector"];
	readonly #timeoutMs: number;
	#columns: readonly TableField[] = [];

	constructor(
		simulator: ConformanceSimulator,
		createConnector: ConformanceOptions["createConnector"],
		timeoutMs = 10_000,
	) {
		this.simulator = simulator;
		this.connector = createConnector(simulator, timeoutMs);
		this.#createConnector = createConnector;
		this.#timeoutMs = timeoutMs;
	}

	call(more: Partial<ConnectorCall> = {}): ConnectorCall {
		const http = createGuardedHttp({ allowedOrigins: [this.simulator.url], timeoutMs: this.#timeoutMs });
		const dial = createGuardedDial({ allowedPrivateHosts: [new URL(this.simulator.url).hostname] });
		const dials = this.connector.manifest.dials === true ? { dial } : {};
		return { credential: this.simulator.credential, http, ...dials, signal: new AbortController().signal, ...more };
	}

	/** The same table for a caller that waits for an answer only as long as this. */
	withPatience(timeoutMs: number): ConformanceBench {
		const bench = new ConformanceBench(this.simulator, this.#createConnector, timeoutMs);
		bench.#columns = this.#columns;
		return bench;
	}

	/** Learns the columns from discovery, as the application does. */
	async discoverColumns(): Promise<void> {
		const result = await this.connector.discover(this.call());
		if (result.kind !== "ok") throw new Error(result.message);
		const { tableId } = this.simulator.table;
		this.#columns = result.value.find((table) => table.id === tableId)?.fields ?? [];
	}

	column(part: ConformanceColumn): TableField {
		const id = this.simulator.table.columns[part];
		const column = this.#columns.find((candidate) => candidate.id === id);
		if (column === undefined) throw new Error(`Discovery did not find the column ${id}.`);
		return column;
	}

	/** Every column that can be written is mapped. */
	target(): PushTarget {
		const { containerId, tableId } = this.simulator.table;
		const columns = this.#columns.filter(({ writable }) => writable);
		return { containerId, tableId, matchKey: [this.column("key").id], columns };
	}

	/** Values as captured, coerced as the engine would; throws where coercion refuses. */
	row(ref: string, values: Partial<Record<ConformanceColumn, FieldValue>>): PushRow {
		const cells: Record<string, unknown> = {};
		for (const [part, value] of entriesOf(values)) {
			const column = this.column(part);
			const result = this.connector.coerce(value, column);
			if (!result.ok) throw new Error(result.message);
			cells[column.id] = result.cell;
		}
		return { ref, cells };
	}

	/** A row with a key and a text. */
	plain(key: string, value = "value"): PushRow {
		return this.row(key, { key: text(key), text: text(value) });
	}

	push(rows: readonly PushRow[], more: Partial<ConnectorCall> = {}): Promise<PushResult> {
		return this.connector.push(this.call(more), this.target(), rows);
	}

	/** What the provider keeps in one column, row by row. */
	async kept(part: ConformanceColumn): Promise<unknown[]> {
		const rows = await this.simulator.rows();
		return rows.map((row) => row[this.simulator.table.columns[part]]);
	}
}

export const text = (value: string): FieldValue => ({ type: "text", value });

function entriesOf(values: Partial<Record<ConformanceColumn, FieldValue>>): [ConformanceColumn, FieldValue][] {
	const parts: ConformanceColumn[] = ["key", "text", "long", "number", "day", "instant", "choice"];
	return parts.flatMap((part): [ConformanceColumn, FieldValue][] => {
		const value = values[part];
		return value === undefined ? [] : [[part, value]];
	});
}
