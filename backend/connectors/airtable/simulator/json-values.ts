/** The properties of a JSON object; none for anything else. */
export function properties(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Any JSON value as text: itself when it is text, nothing when it is empty, its JSON otherwise. */
export function textOf(value: unknown): string {
	if (value === undefined || value === null) return "";
	return typeof value === "string" ? value : JSON.stringify(value);
}
