import type { ErrorDetail } from "../../contract/errors.ts";

/** The schema of a value that did not fit, as far as it helps to say what would. */
type Expected = { description?: string; const?: unknown; anyOf?: readonly Expected[] };

/** What Elysia throws when a request does not fit its schema. */
export type Validation = { type: string; valueError?: { path?: string; message?: string; schema?: Expected } };

export function isValidation(error: unknown): error is Validation {
	return typeof error === "object" && error !== null && "type" in error && typeof error.type === "string";
}

/** Names the field and what is expected of it, never the value that was sent. */
export function invalidRequest({ type, valueError }: Validation): ErrorDetail {
	const place = type === "params" ? "address" : type;
	const field = valueError?.path?.slice(1).replaceAll("/", ".") ?? "";
	const where = field === "" ? `The ${place}` : `"${field}" in the ${place}`;
	const what = described(valueError?.schema) ?? valueError?.message?.toLowerCase() ?? "see /openapi.json";
	return { code: "request/invalid", message: `${where} is not right: ${what}.`, details: { in: type, field } };
}

/** In a person's words where the schema has some: a pattern is nobody's. */
function described(schema: Expected | undefined): string | null {
	const choices = schema?.anyOf?.map((choice) => choice.const);
	if (choices !== undefined && choices.length > 0 && choices.every((choice) => typeof choice === "string")) {
		return `expected one of ${choices.map((choice) => `"${choice}"`).join(", ")}`;
	}
	const { description } = schema ?? {};
	return description === undefined ? null : `expected ${withoutStop(description)}`;
}

/** "A UUID in lower case." within a sentence. */
function withoutStop(description: string): string {
	return description.charAt(0).toLowerCase() + description.slice(1).replace(/\.$/, "");
}
