/** RFC 3339 as captures write dates; seconds and zone may be missing. */
const shape =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/i;

/** The day as the page wrote it, whatever the zone; null when the text is no date. */
export function dayOf(text: string): string | null {
	const day = shape.exec(text)?.[1];
	return day !== undefined && isCalendarDay(day) ? day : null;
}

/** The instant in UTC, to the millisecond. A plain day is its midnight in UTC; a time without a zone is none. */
export function instantOf(text: string): string | null {
	const [, day, minutes, seconds = ":00", zone] = shape.exec(text) ?? [];
	if (day === undefined || !isCalendarDay(day)) return null;
	if (minutes === undefined) return `${day}T00:00:00.000Z`;
	if (zone === undefined) return null;
	const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");
	const time = `${minutes}${seconds.replace(/(\.\d{3})\d+$/, "$1")}`;
	return new Date(`${day}T${time}${offset}`).toISOString();
}

function isCalendarDay(day: string): boolean {
	const midnight = new Date(`${day}T00:00:00Z`);
	return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
