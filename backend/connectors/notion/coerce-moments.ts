import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { accept, refuse, singleText } from "./coerce-values.ts";

/** RFC 3339, seconds optional. */
const shape =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/i;

/**
 * Notion has one type for days and instants, and shows a time only where there is one: a day stays a day, an instant becomes the
 * same instant in UTC. A time without a zone could be any of 26 and is refused.
 */
export function toMoment(value: FieldValue, column: TableField): CoerceResult {
	const [, day, minutes, seconds = ":00", zone] = shape.exec(singleText(value) ?? "") ?? [];
	if (day === undefined || !isCalendarDay(day)) return refuse(column, "date", value);
	if (minutes === undefined) return accept(day);
	if (zone === undefined) return refuse(column, "zoned-time", value);
	// Kept to the millisecond; some engines refuse more digits.
	const time = `${minutes}${seconds.replace(/(\.\d{3})\d+$/, "$1")}`;
	const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
	return accept(new Date(`${day}T${time}${offset}`).toISOString());
}

function isCalendarDay(day: string): boolean {
	const midnight = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
