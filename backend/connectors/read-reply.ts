import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** The text as this shape, or null when it is not JSON or not of this shape. */
export function readReply<Schema extends TSchema>(schema: Schema, text: string): Static<Schema> | null {
	const value = parseJson(text);
	return Value.Check(schema, value) ? value : null;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
