const dayMs = 86_400_000;
/** Day 0 of a spreadsheet. */
const epochMs = Date.UTC(1899, 11, 30);

/** A plain day (`2026-01-02`) as the number a spreadsheet keeps for it. */
export function serialOfDay(day: string): number {
	return (Date.parse(`${day}T00:00:00Z`) - epochMs) / dayMs;
}

export function dayOfSerial(serial: number): string | null {
	return isoOf(epochMs + Math.floor(serial) * dayMs)?.slice(0, 10) ?? null;
}

/** An instant as the number a spreadsheet keeps for what its clock shows then: cells have no zone, the file has one. */
export function serialOfInstant(instant: string, zone: string): number {
	const ms = Date.parse(instant);
	return (ms + offsetMs(ms, zone) - epochMs) / dayMs;
}

/** The instant at which the file's clock shows this; of the hour that comes twice in autumn, the later one. */
export function instantOfSerial(serial: number, zone: string): string | null {
	const wall = epochMs + Math.round(serial * dayMs);
	if (isoOf(wall) === null) return null;
	// The offset belongs to the instant that is sought; asking again where the first guess leads settles it.
	const guess = wall - offsetMs(wall, zone);
	return isoOf(wall - offsetMs(guess, zone));
}

function isoOf(ms: number): string | null {
	const date = new Date(ms);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** How far a zone's clock is ahead of UTC at an instant. A zone this machine does not know counts as UTC. */
function offsetMs(ms: number, zone: string): number {
	const format = formatOf(zone);
	if (format === null) return 0;
	const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
	const known = formats.get(zone);
	if (known !== undefined) return known;
	const format = makeFormat(zone);
	formats.set(zone, format);
	return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
	const digits = "2-digit";
	try {
		return new Intl.DateTimeFormat("en-US", {
			timeZone,
			hourCycle: "h23",
			year: "numeric",
			month: digits,
			day: digits,
			hour: digits,
			minute: digits,
			second: digits,
		});
	} catch {
		return null;
	}
}
