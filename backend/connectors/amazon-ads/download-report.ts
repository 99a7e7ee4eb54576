import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ConnectorCall } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import type { Answer } from "./api.ts";
import { troubleOf } from "./errors.ts";
import { idsAsText } from "./ids-as-text.ts";
import { type Entity, EntityList } from "./replies.ts";

/** What 8 MiB may unpack to; more is refused before it is there. */
const maxUnpackedBytes = 128 * 1024 * 1024;

const unpack = promisify<Buffer | Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/**
 * The rows of a report. Its address is signed and belongs to Amazon's store, which refuses headers it does not expect: no token and no
 * client go with it.
 */
export async function downloadReport(call: ConnectorCall, url: string): Promise<Answer<Entity[]>> {
	const response = await call.http({ method: "GET", url, asBytes: true, signal: call.signal });
	if (response.kind !== "answered") return { ok: false, trouble: troubleOf(response) };
	// The address had run out. The next look brings another.
	if (response.status === 403) return { ok: false, trouble: { kind: "provider", afterMs: 0 } };
	if (response.status !== 200) return { ok: false, trouble: troubleOf(response) };
	const text = await unpackText(response.bytes ?? new Uint8Array());
	const rows = text === null ? null : readReply(EntityList, idsAsText(text));
	return rows === null ? { ok: false, trouble: { kind: "provider", afterMs: 3_000 } } : { ok: true, value: rows };
}

async function unpackText(bytes: Uint8Array): Promise<string | null> {
	try {
		return (await unpack(bytes, { maxOutputLength: maxUnpackedBytes })).toString("utf8");
	} catch {
		return null;
	}
}
