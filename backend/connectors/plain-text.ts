/** A text, number or yes/no as text; anything that has parts as JSON; nothing for nothing. */
export function plainText(value: unknown): string {
	switch (typeof value) {
		case "string":
			return value;
		case "number":
		case "boolean":
		case "bigint":
			return String(value);
		default:
			return value === null || value === undefined ? "" : JSON.stringify(value);
	}
}
