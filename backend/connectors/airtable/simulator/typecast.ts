import type { Field } from "./state.ts";

/**
 * `typecast: true`: strings are turned into what the column holds, best effort, and what cannot be turned empties the
 * cell instead of failing. That silence is why the connector asks for it only where it must.
 */
export function typecast(field: Field, value: unknown): unknown {
	if (value === null || value === undefined) return value;
	switch (field.type) {
		case "singleLineText":
		case "multilineText":
		case "richText":
		case "email":
		case "url":
		case "phoneNumber":
		case "singleSelect":
			return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
		case "number":
		case "currency":
		case "percent":
		case "duration":
		case "rating":
			return typeof value === "string" ? numberFrom(value) : value;
		case "checkbox":
			return typeof value === "string" ? /^(true|yes|1|checked)$/i.test(value.trim()) : value;
		case "multipleSelects":
			return typeof value === "string"
				? value
						.split(",")
						.map((name) => name.trim())
						.filter((name) => name !== "")
				: value;
		case "date":
			return typeof value === "string" ? (instantFrom(value)?.slice(0, 10) ?? null) : value;
		case "dateTime":
			return typeof value === "string" ? instantFrom(value) : value;
		default:
			return value;
	}
}

function numberFrom(text: string): number | null {
	const value = Number.parseFloat(text.replace(/[^\d.+-]/g, ""));
	return Number.isFinite(value) ? value : null;
}

function instantFrom(text: string): string | null {
	const instant = new Date(text);
	return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
