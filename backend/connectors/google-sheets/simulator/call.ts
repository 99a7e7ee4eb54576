import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { refuse } from "./refusal.ts";
import type { Spreadsheet } from "./state.ts";

/** One request to a spreadsheet, let in. `file` is a copy when it writes. */
export type Call = { file: Spreadsheet; query: URLSearchParams; body: unknown };

export function parsed<Schema extends TSchema>(schema: Schema, body: unknown): Static<Schema> {
	if (Value.Check(schema, body)) return body;
	const [problem] = Value.Errors(schema, body);
	return refuse(400, `Invalid JSON payload received. ${problem?.path ?? ""} ${problem?.message ?? ""}`);
}
