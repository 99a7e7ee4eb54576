/// <reference lib="esnext.temporal" />
import { parseDatePattern } from "./date-pattern.ts";
import { plainSigns } from "./plain-signs.ts";
import { became, type StepOf, type StepResult, type StepRule, unread } from "./step-result.ts";
import { textOf } from "./text-values.ts";

/** A text to a date. What is a date already stays. */
export const date: StepRule<"date"> = {
	title: "Read as a date",
	check: ({ pattern, timeZone }) => {
		if (timeZone !== undefined && !isTimeZone(timeZone)) return `There is no time zone “${timeZone}”.`;
		const parsed = pattern === undefined ? null : parseDatePattern(pattern);
		return parsed === null || parsed.ok ? null : parsed.why;
	},
	apply: (value, step) => {
		if (value.type === "date") return became(value);
		const text = textOf(value);
		if (text === null) return unread("is no text");
		return step.pattern === undefined ? readIso(plainSigns(text, "."), step) : readPattern(text, step.pattern, step);
	},
};

type Zoned = Pick<StepOf<"date">, "timeZone">;

function readPattern(text: string, source: string, zoned: Zoned): StepResult {
	const parsed = parseDatePattern(source);
	const written = parsed.ok ? parsed.pattern.read(text) : null;
	if (!parsed.ok || written === null) return unread(`is not written as ${source}`);
	const moment = calendarMoment(written);
	if (moment === null) return unread("is no day and time of the calendar");
	return parsed.pattern.timed ? inZone(moment, zoned) : dateValue(moment.toPlainDate().toString());
}

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function readIso(text: string, zoned: Zoned): StepResult {
	const [, day, time, offset] = iso.exec(text) ?? [];
	if (day === undefined) return unread("is not written as 2025-01-31, with or without a time");
	const moment = calendarMoment(`${day}T${time ?? "00:00"}`);
	if (moment === null) return unread("is no day and time of the calendar");
	if (time === undefined) return dateValue(day);
	if (offset === undefined) return inZone(moment, zoned);
	return dateValue(`${moment.toString()}${offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
}

function calendarMoment(written: string | Temporal.PlainDateTimeLike): Temporal.PlainDateTime | null {
	try {
		return Temporal.PlainDateTime.from(written, { overflow: "reject" });
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/**
 * The moment with its offset in that zone. One that the clocks skipped never was; of one that came twice the first is meant (RFC 5545
 * §3.3.5). Where no zone is known it has none, and the column decides whether it can do without.
 */
function inZone(moment: Temporal.PlainDateTime, { timeZone }: Zoned): StepResult {
	if (timeZone === undefined) return dateValue(moment.toString());
	const there = moment.toZonedDateTime(timeZone, { disambiguation: "earlier" });
	if (!there.toPlainDateTime().equals(moment)) {
		return unread(`never was in ${timeZone}: the clocks were put forward over it`);
	}
	// Before there were zones, places kept seconds that no date on the wire can say.
	const isWhole = there.offsetNanoseconds % 60_000_000_000 === 0;
	return dateValue(isWhole ? `${moment.toString()}${there.offset}` : there.toInstant().toString());
}

function dateValue(value: string): StepResult {
	return became({ type: "date", value });
}

/** An offset (`+02:00`) is taken there too, and knows nothing of summer. */
function isTimeZone(name: string): boolean {
	try {
		return /^[A-Z]/i.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}
