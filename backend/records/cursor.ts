import { SheafError } from "../errors.ts";

/** Where a page ended: the last record's change, in microseconds, and its id. */
export type Cursor = { updatedAt: string; id: string };

const shape = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Opaque to clients, so that what it holds may change. */
export function writeCursor({ updatedAt, id }: Cursor): string {
	return Buffer.from(`${updatedAt}|${id}`).toString("base64url");
}

/** @throws SheafError `request/invalid` for what `writeCursor` did not write */
export function readCursor(text: string): Cursor {
	const [, updatedAt, id] = shape.exec(Buffer.from(text, "base64url").toString()) ?? [];
	if (updatedAt === undefined || id === undefined || Number.isNaN(Date.parse(updatedAt))) {
		throw new SheafError("request/invalid", "The cursor is not one that this list gave.");
	}
	return { updatedAt, id };
}
