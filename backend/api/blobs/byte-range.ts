import type { ByteRange } from "../../blobs/store/blob-store.ts";

/**
 * The one range that a request asks for (RFC 9110 §14). Null: all of it, also for several ranges or what is no range, which a server may
 * ignore, and where `If-Range` names other bytes. `beyond`: it begins behind the end.
 */
export function rangeOf(
	headers: Headers,
	{ byteSize, etag }: { byteSize: number; etag: string },
): ByteRange | "beyond" | null {
	const ifRange = headers.get("if-range");
	if (ifRange !== null && ifRange !== etag) return null;
	const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range") ?? "") ?? [];
	if (first === "" && last === "") return null;
	if (first === "") {
		const length = Number(last);
		return length === 0 ? "beyond" : { from: Math.max(byteSize - length, 0), to: byteSize };
	}
	const [from, to] = [Number(first), last === "" ? byteSize : Math.min(Number(last) + 1, byteSize)];
	if (last !== "" && Number(last) < from) return null;
	return from >= byteSize ? "beyond" : { from, to };
}
