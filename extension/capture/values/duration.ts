import { asciiDigits } from "./digits.ts";
import { plainWord } from "./month-names.ts";

const isoDuration =
	/^P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;

const minutesPer = { week: 10_080, day: 1_440, hour: 60, minute: 1, second: 1 / 60 } as const;
type Unit = keyof typeof minutesPer;
const units = Object.keys(minutesPer) as Unit[];

const rounded = (minutes: number): number | null =>
	minutes > 0 && Number.isFinite(minutes) ? Math.round(minutes * 100) / 100 : null;

const number = (text: string | undefined): number => Number((text ?? "0").replace(",", "."));

const fromIso = (text: string): number | null => {
	const match = isoDuration.exec(text);
	if (match === null) return null;
	return rounded(units.reduce((sum, unit, at) => sum + number(match[at + 1]) * minutesPer[unit], 0));
};

/** `1:30` and `1:02:03` on players and recipe cards: the last part counts seconds where there are three. */
const fromClock = (text: string): number | null => {
	const match = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(text);
	if (match === null) return null;
	return rounded(number(match[1]) * 60 + number(match[2]) + number(match[3]) / 60);
};

/** Words that people write and the platform does not. */
const spoken: Record<string, Unit> = {
	h: "hour",
	hr: "hour",
	hrs: "hour",
	hora: "hour",
	std: "hour",
	u: "hour",
	uur: "hour",
	m: "minute",
	min: "minute",
	mins: "minute",
	s: "second",
	sec: "second",
	secs: "second",
	t: "hour",
	godz: "hour",
	ч: "hour",
	мин: "minute",
	時間: "hour",
	分: "minute",
	分钟: "minute",
	分鐘: "minute",
	小时: "hour",
	小時: "hour",
	시간: "hour",
	분: "minute",
	秒: "second",
	초: "second",
	د: "minute",
};

const known = new Map<string, ReadonlySet<string>>();

/** How the platform writes one unit in this language, for one, two, few and many. Made when first asked for. */
const wordsOf = (language: string, unit: Unit, unitDisplay: "long" | "short"): ReadonlySet<string> => {
	const key = `${language}/${unit}/${unitDisplay}`;
	const read = known.get(key);
	if (read !== undefined) return read;
	const format = new Intl.NumberFormat(`${language}-u-nu-latn`, { style: "unit", unit, unitDisplay });
	const words = [1, 2, 5, 15].map(
		(count) => format.formatToParts(count).find(({ type }) => type === "unit")?.value ?? "",
	);
	const set = new Set(words.map((word) => plainWord(word.trim())));
	known.set(key, set);
	return set;
};

/** The likelier ones first. */
const byUse: readonly Unit[] = ["minute", "hour", "day", "second", "week"];

const unitOf = (raw: string, language: string): Unit | undefined => {
	const word = plainWord(raw);
	if (Object.hasOwn(spoken, word)) return spoken[word];
	const base = language.split("-")[0] || "en";
	try {
		for (const one of new Set([base, "en"])) {
			for (const display of ["long", "short"] as const) {
				const unit = byUse.find((each) => wordsOf(one, each, display).has(word));
				if (unit !== undefined) return unit;
			}
		}
	} catch {
		// A language that no platform knows.
	}
	return undefined;
};

const fractions: Record<string, number> = { "½": 0.5, "¼": 0.25, "¾": 0.75 };

const withFraction = (text: string): number =>
	number(text.replace(/[½¼¾]$/, "") || "0") + (fractions[text.at(-1) ?? ""] ?? 0);

/** `1 h 30 min`, `90 minutes`, `1 Std. 15 Min.`, `2時間30分`: every amount with its unit, added up. */
const fromWords = (text: string, language: string): number | null => {
	let minutes = 0;
	for (const { 1: amount, 2: word = "" } of text.matchAll(
		/(\d+(?:[.,]\d+)?[½¼¾]?|[½¼¾])\s*-?\s*(\p{L}[\p{L}\p{M}]*)/gu,
	)) {
		const unit =
			unitOf(word, language) ??
			unitOf(
				word.replace(/[\p{sc=Han}].*/u, (han) => han.slice(0, 2)),
				language,
			);
		if (unit === undefined) continue;
		minutes += withFraction(amount ?? "") * minutesPer[unit];
	}
	return rounded(minutes);
};

/**
 * A duration in minutes, rounded to a hundredth: ISO 8601 (`PT1H30M`), a clock's (`1:02:03`), or in words of the page's
 * language; null when it is none or zero.
 */
export const parseMinutes = (raw: string, language = ""): number | null => {
	const text = asciiDigits(raw.slice(0, 80)).trim();
	if (/^P/i.test(text) && fromIso(text) !== null) return fromIso(text);
	return fromClock(text) ?? fromWords(text, language);
};
