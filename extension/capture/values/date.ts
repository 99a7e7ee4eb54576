import { calendarDay, commonYear, fromPersian, withoutEras } from "./calendar-day.ts";
import { type Place, regionOf } from "./currency.ts";
import { asciiDigits } from "./digits.ts";
import { monthOf } from "./month-names.ts";
import { zonedTime, zoneOffset } from "./time-of-day.ts";

const nowhere: Place = { language: "" };

const iso =
	/^([+-]?\d{4,6})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?(?:\[[^\]]*\])?$/i;

/** RFC 3339 with the offset the page gave; without an offset only the day is certain, so only the day is kept. */
const fromIso = (text: string): string | null => {
	const match = iso.exec(text);
	if (match === null) return null;
	const [, year = "", month = "", day = "", hour, minute, second, fraction, zone] = match;
	const date = calendarDay(year, month, day);
	const offset = zone === undefined ? null : zoneOffset(zone);
	if (date === null || hour === undefined || minute === undefined || offset === null) return date;
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return date;
	const fractions = fraction === undefined ? "" : `.${fraction.slice(0, 3)}`;
	return `${date}T${hour.padStart(2, "0")}:${minute}:${second ?? "00"}${fractions}${offset}`;
};

/** Seconds or milliseconds since 1970, as `data-timestamp` and some data hold them; of this century only. */
const fromEpoch = (text: string): string | null => {
	if (!/^\d{10}$|^\d{13}$/.test(text)) return null;
	const at = Number(text) * (text.length === 10 ? 1_000 : 1);
	return at < Date.UTC(2001, 8, 9) || at > Date.UTC(2100, 0, 1)
		? null
		: new Date(at).toISOString().replace(".000Z", "Z");
};

type Day = { date: string; rest: string };

const around = (text: string, match: RegExpExecArray): string =>
	`${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;

/** `2026/03/05`, `2026.3.5`, `2026年3月5日`, `2026년 3월 5일`, `20260305`: year first is the same in every locale. */
const fromYearFirst = (text: string): Day | null => {
	const match =
		/(?<!\d)(\d{4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/.exec(text) ??
		/(?<!\d)(\d{4})\s?(年|년)\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]/.exec(text) ??
		/^(\d{4})()(\d{2})(\d{2})$/.exec(text);
	if (match === null) return null;
	const date = calendarDay(commonYear(Number(match[1])), match[3] ?? "", match[4] ?? "");
	return date === null ? null : { date, rest: around(text, match) };
};

const ordinal = "(?:st|nd|rd|th|er|re|ère|eme|ème|e|º|°|ª|\\.|-?ro|-?й|-?го|ste|de|η)?";
const between = "(?:[\\s,./|·-]|\\bde\\b|\\bdel\\b|\\bof\\b|\\bd['’]|\\bng\\b|\\bdi\\b)*";
const yearMark = "\\s*(?:г|р|año)?";
const dayFirst = new RegExp(
	`(?<![\\d:])(\\d{1,2})${ordinal}${between}(\\p{L}[\\p{L}\\p{M}]+(?:\\.\\p{L})?)\\.?${between}(\\d{4})${yearMark}(?!\\d)`,
	"iu",
);
const monthFirst = new RegExp(
	`(\\p{L}[\\p{L}\\p{M}]+)\\.?\\s*(\\d{1,2})${ordinal}\\s*,?\\s+(?:de\\s+)?(\\d{4})(?!\\d)`,
	"iu",
);
const yearFirst = /(?<!\d)(\d{4})\s*(?:\.|m\.|г\.|оны|-ko|年)?\s*([\p{L}][\p{L}\p{M}]+)\s*(\d{1,2})(?!\d)/iu;

/** `Ngày 5 tháng 3 năm 2026`: Vietnamese counts its months. */
const vietnamese = /(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),?(?:\s+năm)?\s+(\d{4})(?!\d)/iu;

const fromCountedMonth = (text: string): Day | null => {
	const match = vietnamese.exec(text);
	const date = match === null ? null : calendarDay(match[3] ?? "", match[2] ?? "", match[1] ?? "");
	return match === null || date === null ? null : { date, rest: around(text, match) };
};

/** A day with its month in words, in whatever order: `5 March 2026`, `Mar 5, 2026`, `5. März 2026`, `2026. március 5.` */
const fromWords = (text: string, language: string): Day | null => {
	const orders = [
		[dayFirst, 1, 2, 3],
		[monthFirst, 2, 1, 3],
		[yearFirst, 3, 2, 1],
	] as const;
	for (const [pattern, day, word, year] of orders) {
		const match = pattern.exec(text);
		const month = match === null ? null : monthOf(match[word] ?? "", language);
		if (match === null || month === null) continue;
		const date = calendarDay(commonYear(Number(match[year])), month, match[day] ?? "");
		if (date !== null) return { date, rest: around(text, match) };
	}
	return null;
};

type Order = "day" | "month" | null;

/** Asked of the platform once for a place: its answer takes longer than reading a date. */
const readOrders = new Map<string, Order>();

/** Whether a region writes the day or the month first; null where nobody can tell (English of no country). */
const order = (place: Place): Order => {
	const key = `${place.language}/${place.region ?? ""}`;
	const known = readOrders.get(key);
	if (known !== undefined) return known;
	const found = readOrder(place);
	readOrders.set(key, found);
	return found;
};

const readOrder = (place: Place): Order => {
	const region = regionOf(place);
	const language = place.language.split("-")[0]?.toLowerCase() ?? "";
	if (language === "" || region === "CA" || (language === "en" && region === "")) return null;
	try {
		const parts = new Intl.DateTimeFormat(`${language}-${region}`, {
			dateStyle: "short",
			timeZone: "UTC",
		}).formatToParts(0);
		const types = parts.map(({ type }) => type);
		return types.indexOf("month") < types.indexOf("day") && types[0] !== "year" ? "month" : "day";
	} catch {
		return null;
	}
};

/** `03/04/2026` as the page's region writes it; without one only where a number above 12 decides. */
const fromNumbers = (text: string, place: Place): Day | null => {
	const match = /(?<![\d.])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d]|[./-]\d)/.exec(text);
	if (match === null) return null;
	const [one, other] = [Number(match[1]), Number(match[3])];
	// A dotted day is day first everywhere it is written.
	const told = one > 12 ? "day" : other > 12 ? "month" : match[2] === "." ? "day" : order(place);
	const short = (match[4] ?? "").length === 2;
	if (told === null || (short && order(place) === null)) return null;
	const year = commonYear(Number(match[4]) + (short ? 2_000 : 0));
	const date = told === "day" ? calendarDay(year, other, one) : calendarDay(year, one, other);
	return date === null ? null : { date, rest: around(text, match) };
};

const withTime = (day: Day | null): string | null => (day === null ? null : `${day.date}${zonedTime(day.rest) ?? ""}`);

/**
 * A page's date as RFC 3339 instant or plain day (the two forms of the field type `date`), or null. No zone is made up, and
 * no year: `yesterday` and `5 March` are no dates that could be sorted by.
 */
export const parseDate = (raw: string, place: Place = nowhere): string | null => {
	const text = withoutEras(
		asciiDigits(raw.slice(0, 100))
			.replace(/[\u200e\u200f\u061c]/g, "")
			.replace(/\s+/g, " ")
			.trim(),
	);
	if (!/\d/.test(text)) return null;
	const exact = fromIso(text) ?? fromEpoch(text);
	if (exact !== null) return exact;
	if (/^fa\b/i.test(place.language)) {
		const day = fromPersian(text);
		if (day !== null) return day;
	}
	const day =
		fromYearFirst(text) ?? fromWords(text, place.language) ?? fromCountedMonth(text) ?? fromNumbers(text, place);
	return withTime(day);
};
