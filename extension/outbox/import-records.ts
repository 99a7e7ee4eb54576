import type { FieldValue } from "../../backend/contract/fields.ts";
import type { FieldProvenance, Provenance } from "../../backend/contract/provenance.ts";
import { normalUrl } from "../capture/normal-url.ts";
import { isProvenanceSource } from "../capture/trust.ts";
import { isWebAddress } from "../capture/values/url.ts";
import { nothingReported } from "./schema.ts";
import type { LocalRecord, Outbox } from "./types.ts";

/** How many were written, were here before, and could not be read. */
export type Imported = { written: number; known: number; broken: number };

/** What a page is told of a record's standing at the backend: of these, nothing. */
const { undoTo: _, ...withoutUndo } = nothingReported;

type Importing = {
	/** Which of these records (at most 100) the server has already; rejects where it cannot be asked. Of a guest's: none. */
	atServer: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
	onWritten: (written: number) => void;
};

/** `GET /api/v1/records?ids=` takes this many. */
const idsPerRequest = 100;

/** The file is none that `exportRecords` wrote. */
export class NotAnExport extends Error {}

/**
 * Brings in the records of a file that `exportRecords` wrote as JSON. Each keeps its id, so that the same file brought in twice, or on
 * two devices, is one record at the server. What this device or the server has already stays as it is: written anew, it would leave the
 * table that it is in. They wait for a target like a guest's.
 *
 * @throws NotAnExport with nothing written, and so what `atServer` rejects with
 * @throws OutboxError where the storage refuses; what was written before stays
 */
export async function importRecords(
	outbox: Pick<Outbox, "get" | "restore">,
	text: string,
	{ atServer, onWritten }: Importing,
): Promise<Imported> {
	const entries = entriesOf(text);
	const records = entries.map(recordOf).filter((record) => record !== null);
	const known = new Set<string>();
	for (let start = 0; start < records.length; start += idsPerRequest) {
		const ids = records.slice(start, start + idsPerRequest).map(({ id }) => id);
		for (const id of await atServer(ids)) known.add(id);
	}
	const result: Imported = { written: 0, known: 0, broken: entries.length - records.length };
	for (const record of records) {
		if (known.has(record.id) || (await outbox.get(record.id)) !== undefined) result.known += 1;
		else {
			await outbox.restore(record);
			result.written += 1;
			onWritten(result.written);
		}
	}
	return result;
}

function entriesOf(text: string): unknown[] {
	const parsed = parsedOrNull(text);
	const records = isObject(parsed) ? parsed["records"] : undefined;
	if (!Array.isArray(records)) throw new NotAnExport();
	return records;
}

function parsedOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** The record of an entry, or null for one that is not as we write them: a file may have been edited by hand. */
function recordOf(entry: unknown): LocalRecord | null {
	if (!isObject(entry) || !isObject(entry["source"]) || !isObject(entry["fields"])) return null;
	const { id, kind, version, image } = entry;
	const capturedAt = instantOf(entry["capturedAt"]);
	const { url, title } = entry["source"];
	if (!isUuid(id) || !isText(kind) || !/^[a-z][a-z0-9_]{0,39}$/.test(kind)) return null;
	if (!isVersion(version) || capturedAt === null || !isSourceUrl(url)) return null;
	if (!isText(title) || !Object.values(entry["fields"]).every(isFieldValue)) return null;
	return {
		...withoutUndo,
		id,
		kind,
		version,
		workspaceId: "",
		targetId: null,
		captureId: null,
		capturedAt,
		source: { url, title },
		normalUrl: normalUrl(url),
		fields: entry["fields"] as LocalRecord["fields"],
		provenance: provenanceOf(entry["provenance"]),
		image: isText(image) ? image : null,
		document: null,
		state: "local",
		problem: null,
		remoteUrl: null,
		supersededBy: null,
		updatedAt: Date.now(),
	};
}

/** The wire takes up to 2147483647 (backend/contract/records.ts): there is room for this restoring and for every edit after it. */
function isVersion(version: unknown): version is number {
	return typeof version === "number" && Number.isInteger(version) && version >= 1 && version <= 2_000_000_000;
}

/** As the wire writes an instant: a date without a time, or with another offset, is one too. */
function instantOf(value: unknown): string | null {
	const date = isText(value) ? new Date(value) : null;
	if (date === null || Number.isNaN(date.getTime())) return null;
	const instant = date.toISOString();
	// Years beyond four digits have a sign.
	return /^\d/.test(instant) ? instant : null;
}

/** It is shown as a link. We write an empty one for a page that the browser keeps to itself. */
function isSourceUrl(url: unknown): url is string {
	return isText(url) && (url === "" || isWebAddress(url));
}

/** Origins that this version does not know are left out; the values stay. */
function provenanceOf(entry: unknown): Provenance {
	if (!isObject(entry)) return {};
	return Object.fromEntries(
		Object.entries(entry).filter((pair): pair is [string, FieldProvenance] => isOrigin(pair[1])),
	);
}

function isOrigin(value: unknown): value is FieldProvenance {
	if (!isObject(value) || !isText(value["from"]) || !isProvenanceSource(value["from"])) return false;
	const { path, confidence } = value;
	const isShare = typeof confidence === "number" && confidence >= 0 && confidence <= 1;
	return isShare && (path === undefined || (isText(path) && path.length <= 200));
}

const textTypes: ReadonlySet<unknown> = new Set(["text", "markdown", "url", "image", "date"]);

function isFieldValue(field: unknown): field is FieldValue {
	if (!isObject(field)) return false;
	const { type, value } = field;
	if (textTypes.has(type)) return isText(value);
	if (type === "number") return typeof value === "number" && Number.isFinite(value);
	if (type === "boolean") return typeof value === "boolean";
	if (type === "list") return Array.isArray(value) && value.every(isText);
	return type === "currency" && isObject(value) && Number.isFinite(value["amount"]) && isText(value["currency"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}

function isUuid(value: unknown): value is string {
	return isText(value) && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
