import type { TableField } from "../../contract/connections.ts";
import type { FieldValue } from "../../contract/fields.ts";
import type { CoerceResult } from "../connector.ts";
import { accept, refuse, singleText } from "./coerce-values.ts";

/** RFC 3339, seconds optional. */
const shape =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/i;

type Moment = { day: string; time: string | null; zone: string | null };

/** The day as the page wrote it: what was published on the evening of the 2nd in New York is of the 2nd everywhere. */
export function toDate(value: FieldValue, column: TableField): CoerceResult {
	const moment = momentOf(value);
	return moment === null ? refuse(column, "date", value) : accept(moment.day);
}

/** The instant in UTC. A plain day is its midnight in UTC; a time without a zone could be any of 26 and is refused. */
export function toDateTime(value: FieldValue, column: TableField): CoerceResult {
	const moment = momentOf(value);
	if (moment === null) return refuse(column, "date-and-time", value);
	if (moment.time === null) return accept(`${moment.day}T00:00:00.000Z`);
	if (moment.zone === null) return refuse(column, "zoned-time", value);
	return accept(new Date(`${moment.day}T${moment.time}${moment.zone}`).toISOString());
}

function momentOf(value: FieldValue): Moment | null {
	const [, day, minutes, seconds = ":00", zone] = shape.exec(singleText(value) ?? "") ?? [];
	if (day === undefined || !isCalendarDay(day)) return null;
	if (minutes === undefined) return { day, time: null, zone: null };
	// Dates are kept to the millisecond; some engines refuse more digits.
	const time = `${minutes}${seconds.replace(/(\.\d{3})\d+$/, "$1")}`;
	return { day, time, zone: zone?.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2") ?? null };
}

function isCalendarDay(day: string): boolean {
	const midnight = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
