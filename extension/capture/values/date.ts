const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const pad = (value: string | number): string => String(value).padStart(2, "0");

/** `YYYY-MM-DD` when the day exists in the calendar. */
const calendarDay = (year: string, month: string | number, day: string): string | null => {
	const text = `${year}-${pad(month)}-${pad(day)}`;
	const at = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
};

const iso =
	/^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;

/** RFC 3339 with the offset the page gave; without an offset only the day is certain, so only the day is kept. */
const fromIso = (text: string): string | null => {
	const match = iso.exec(text);
	if (match === null) return null;
	const [, year = "", month = "", day = "", hour, minute, second, fraction, zone] = match;
	const date = calendarDay(year, month, day);
	if (date === null || hour === undefined || minute === undefined || zone === undefined) return date;
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return date;
	const offset = zone.toUpperCase() === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.replace(":", "").slice(3) || "00"}`;
	return `${date}T${pad(hour)}:${minute}:${second ?? "00"}${fraction === undefined ? "" : `.${fraction.slice(0, 3)}`}${offset}`;
};

/** `5 March 2026`, `Mar 5, 2026`, `Thu, 05 Mar 2026 10:00:00 GMT`: English month names only; others are not guessed. */
const fromWords = (text: string): string | null => {
	const dayFirst = /\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b(.*)$/i.exec(text);
	const monthFirst = /\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/i.exec(text);
	const [day, word, year] = dayFirst?.slice(1, 4) ?? [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
	const month = months.indexOf((word ?? "").slice(0, 3).toLowerCase()) + 1;
	if (day === undefined || year === undefined || month === 0) return null;
	const date = calendarDay(year, month, day);
	const time = /^\s+(\d{2}):(\d{2}):(\d{2})\s+(?:GMT|UTC|\+0000)$/.exec(dayFirst?.[4] ?? "");
	return date !== null && time !== null ? `${date}T${time[1]}:${time[2]}:${time[3]}Z` : date;
};

/** `2026/03/05`, `2026.3.5`, `20260305`: year first is the same in every locale. `03/04/2026` is not and is left alone. */
const fromYearFirst = (text: string): string | null => {
	const match = /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(text);
	return match === null ? null : calendarDay(match[1] ?? "", match[3] ?? "", match[4] ?? "");
};

/** A page's date as RFC 3339 instant or plain day (the two forms of the field type `date`), or null: no zone is made up. */
export const parseDate = (raw: string): string | null => {
	const text = raw.slice(0, 100).trim();
	return fromIso(text) ?? fromYearFirst(text) ?? fromWords(text);
};
