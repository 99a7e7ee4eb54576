import type { FieldValue } from "../../contract/fields.ts";
import type { SourceColumn, SourceRow } from "../../contract/sources.ts";
import type { Connector, ConnectorCall, ConnectorResult } from "../connector.ts";
import type { OpenedFile } from "../files.ts";
import type { SourcePage, SourceQuery } from "../source.ts";
import { createFileConnector } from "./index.ts";

/** A file in memory, and which of its bytes were asked for. */
export class TestFile implements OpenedFile {
	readonly asked: { start: number; end: number }[] = [];
	isAway = false;
	readonly byteSize: number;
	readonly #bytesAt: (start: number, end: number) => Uint8Array;

	/** @param bytes all of them, or how those of a range are made */
	constructor(bytes: Uint8Array | { byteSize: number; bytesAt(start: number, end: number): Uint8Array }) {
		this.byteSize = bytes instanceof Uint8Array ? bytes.length : bytes.byteSize;
		this.#bytesAt = bytes instanceof Uint8Array ? (start, end) => bytes.slice(start, end) : bytes.bytesAt;
	}

	async read({ start, end }: { start: number; end: number }): Promise<Uint8Array | null> {
		this.asked.push({ start, end });
		return this.isAway ? null : this.#bytesAt(start, end);
	}
}

export type Encoded = "utf-8" | "utf-8 with a mark" | "utf-16le" | "utf-16be" | "utf-16le with a mark" | "windows-1252";

/** Letters of windows-1252 are here those that it shares with Latin-1. */
export function bytesOf(text: string, encoding: Encoded = "utf-8"): Uint8Array {
	switch (encoding) {
		case "utf-8":
			return new TextEncoder().encode(text);
		case "utf-8 with a mark":
			return new TextEncoder().encode(`\uFEFF${text}`);
		case "windows-1252":
			return Uint8Array.from(Buffer.from(text, "latin1"));
		case "utf-16le":
			return Uint8Array.from(Buffer.from(text, "utf16le"));
		case "utf-16le with a mark":
			return Uint8Array.from(Buffer.from(`\uFEFF${text}`, "utf16le"));
		case "utf-16be":
			return Uint8Array.from(Buffer.from(text, "utf16le").swap16());
	}
}

export const place = { containerId: "", tableId: "rows" };

/** The connector over one file, as a connection of it would be asked. */
export class FileScene {
	readonly file: TestFile;
	readonly connector: Connector;
	readonly #credential: Record<string, string>;

	constructor(file: TestFile | string, options: { name?: string; key?: string; chunkBytes?: number } = {}) {
		const { name = "things.csv", key, chunkBytes } = options;
		this.file = typeof file === "string" ? new TestFile(bytesOf(file)) : file;
		this.connector = createFileConnector(chunkBytes === undefined ? {} : { chunkBytes });
		this.#credential = { sha256: "hash", name, ...(key === undefined ? {} : { key }) };
	}

	call(): ConnectorCall {
		const http = async () => ({ kind: "forbidden", reason: "a file asks nobody" }) as const;
		const files = async (sha256: string) => (sha256 === "hash" ? this.file : null);
		return { credential: this.#credential, http, files, signal: new AbortController().signal };
	}

	async columns(): Promise<SourceColumn[]> {
		return valueOf(await this.#source().schema(this.call(), place)).columns;
	}

	async page(asked: Partial<SourceQuery> = {}): Promise<SourcePage> {
		const schema = valueOf(await this.#source().schema(this.call(), place));
		const query = { cursor: null, filter: [], search: null, limit: 100, columns: schema.columns, schema, ...asked };
		return valueOf(await this.#source().list(this.call(), place, query));
	}

	async all(asked: Partial<SourceQuery> = {}): Promise<{ rows: SourceRow[]; problems: string[]; pages: SourcePage[] }> {
		const pages: SourcePage[] = [];
		for (let cursor: string | null = null; pages.length === 0 || cursor !== null; ) {
			const page: SourcePage = await this.page({ ...asked, cursor });
			pages.push(page);
			cursor = page.cursor;
		}
		const problems = pages.flatMap((page) => page.problems ?? []).map(({ message }) => message);
		return { rows: pages.flatMap(({ rows }) => rows), problems, pages };
	}

	/** Each row as its values, empty where a column has none. */
	async cells(asked: Partial<SourceQuery> = {}): Promise<string[][]> {
		const columns = await this.columns();
		const { rows } = await this.all(asked);
		return rows.map(({ fields }) => columns.map(({ id }) => textOf(fields[id])));
	}

	#source() {
		const { source } = this.connector;
		if (source === undefined) throw new Error("The connector is no source.");
		return source;
	}
}

function textOf(field: FieldValue | undefined): string {
	const value = field?.value ?? "";
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function valueOf<Value>(result: ConnectorResult<Value>): Value {
	if (result.kind !== "ok") throw new Error(`${result.kind}: ${result.message}`);
	return result.value;
}
