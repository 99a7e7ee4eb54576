import type { SourcePlace } from "../../contract/sources.ts";
import type { Connector, ConnectorCall, ConnectorManifest, ConnectorResult } from "../connector.ts";
import type { OpenedFile } from "../files.ts";
import { usualChunkBytes } from "./byte-window.ts";
import { schemaOf, tableId, tableOf } from "./discover.ts";
import { form } from "./form.ts";
import { KnownLayouts } from "./known-layouts.ts";
import type { Layout } from "./layout.ts";
import { listRows } from "./list.ts";
import { FileTrouble, failureOf } from "./trouble.ts";

export type FileConnectorOptions = {
	/** Bytes read at once, where they are to be other than usual. */
	chunkBytes?: number;
};

/** Rows of a file that a person added: to be read. */
export function createFileConnector({ chunkBytes = usualChunkBytes }: FileConnectorOptions = {}): Connector {
	const layouts = new KnownLayouts();
	const reading = async <Value>(
		call: ConnectorCall,
		read: (opened: Opened) => Value | Promise<Value>,
	): Promise<ConnectorResult<Value>> => {
		try {
			const { sha256 = "", name = "", key = "" } = call.credential;
			const file = await call.files?.(sha256);
			if (!file) throw new FileTrouble({ kind: "gone" });
			const layout = await layouts.of(sha256, { file, name, chunkBytes });
			return { kind: "ok", value: await read({ file, sha256, name, layout, key: keyOf(layout, key) }) };
		} catch (error) {
			return failureOf(error);
		}
	};
	const noWriting = "A file is read from: Sheaf changes nothing in it. Choose another place for these records.";
	return {
		manifest,
		// A newer file takes the place of an older one, so all files are one account.
		identify: (call) =>
			reading(call, ({ name }) => ({ accountId: "file", label: name, scopes: [], missingScopes: [] })),
		discover: (call) => reading(call, ({ name, layout }) => [tableOf(name, layout)]),
		push: async () => ({ kind: "mend_target", reason: "delivery/refused", message: noWriting }),
		coerce: () => ({ ok: false, message: noWriting }),
		remoteUrl: () => null,
		source: {
			schema: (call, place) => reading(call, (opened) => schemaOf(opened.layout, keyIn(opened, place))),
			list: (call, place, query) =>
				reading(call, (opened) => listRows({ ...opened, chunkBytes, keyColumn: keyIn(opened, place) }, query)),
		},
	};
}

type Opened = { file: OpenedFile; sha256: string; name: string; layout: Layout; key: string | null };

/** @throws FileTrouble when the file has no such column (any more) */
function keyOf({ columns }: Layout, name: string): string | null {
	if (name === "") return null;
	const column = columns.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
	if (column !== undefined) return column.name;
	throw new FileTrouble({ kind: "no_such_column", name, columns: columns.map((one) => one.name) });
}

/** What the selection names comes before what was named when the file was added. @throws FileTrouble */
function keyIn({ layout, key }: Opened, place: SourcePlace): string | null {
	if (place.tableId !== tableId) throw new FileTrouble({ kind: "no_such_table" });
	return place.keyColumn === undefined ? key : keyOf(layout, place.keyColumn);
}

/** A sheet with lines. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M6 2h8l6 6v14H4V2h2zm7 1.500V9h5.500L13 3.500zM7 12v2h10v-2H7zm0 4v2h10v-2H7z"/></svg>';

const manifest: ConnectorManifest = {
	id: "file",
	title: "A file",
	summary: "Rows of a table or list that you have as a file: CSV, JSON or JSONL, up to 100 MB.",
	icon,
	ways: ["token"],
	form,
	requiredScopes: [],
	onlySource: true,
	readsFiles: true,
	// Nobody else is asked anything.
	limits: { recordsPerRequest: 1, requestsPerSecond: 1_000, penaltyMs: 1_000 },
	budgetScope: ({ connectionId }) => `file:${connectionId}`,
};
