/**
 * PostgreSQL's `text` and `jsonb` hold neither NUL nor half a surrogate pair, and one such character would sink the whole
 * statement. It is refused before, by itself.
 */
const unstorable = /[\0\p{Surrogate}]/u;

/** `JSON.stringify` writes both kinds as these escapes, so that their absence clears a whole record at once. */
const suspicious = /\\u(?:0000|d[89a-f])/;

/**
 * @param json the JSON of `value`, which the caller has anyway
 * @param value the same as strings, arrays and objects
 */
export function holdsUnstorableText(json: string, value: unknown): boolean {
	return suspicious.test(json) && walk(value);
}

function walk(value: unknown): boolean {
	if (typeof value === "string") return unstorable.test(value);
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(([name, inner]) => unstorable.test(name) || walk(inner));
}
