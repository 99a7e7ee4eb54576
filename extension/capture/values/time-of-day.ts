/** Abbreviations of zones that mean one offset wherever they are written. `IST`, `CST` and `BST` mean several. */
const zones: Record<string, string> = {
	Z: "Z",
	GMT: "Z",
	UTC: "Z",
	UT: "Z",
	WET: "Z",
	CET: "+01:00",
	WEST: "+01:00",
	MEZ: "+01:00",
	CEST: "+02:00",
	MESZ: "+02:00",
	EET: "+02:00",
	EEST: "+03:00",
	MSK: "+03:00",
	МСК: "+03:00",
	WIB: "+07:00",
	WITA: "+08:00",
	HKT: "+08:00",
	SGT: "+08:00",
	JST: "+09:00",
	KST: "+09:00",
	AEST: "+10:00",
	AEDT: "+11:00",
	NZST: "+12:00",
	NZDT: "+13:00",
	EST: "-05:00",
	EDT: "-04:00",
	CDT: "-05:00",
	MST: "-07:00",
	MDT: "-06:00",
	PST: "-08:00",
	PDT: "-07:00",
};

/** `+0530`, `+5:30`, `+01`, `GMT+2`, `CET` as RFC 3339's offset; null for what is none. */
export const zoneOffset = (raw: string): string | null => {
	const text = raw.trim().toUpperCase();
	if (Object.hasOwn(zones, text)) return zones[text] ?? null;
	const match = /^(?:GMT|UTC)?\s?([+-])(\d{1,2}?):?(\d{2})?$/.exec(text.replace("−", "-"));
	if (match === null) return null;
	const [, sign = "+", hours = "", minutes = "00"] = match;
	if (Number(hours) > 14 || Number(minutes) > 59) return null;
	return `${sign}${hours.padStart(2, "0")}:${minutes}`;
};

const time =
	/(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?\s*(a\.?m\.?|p\.?m\.?)?\s*(?:Uhr|h|hrs)?\s*\(?((?:GMT|UTC)\s?[+\-−]\d{1,2}(?::?\d{2})?|[+\-−]\d{2}:?\d{2}|[A-Z]{1,4}|МСК)?(?![\p{L}\d])/iu;

const hourOfDay = (hour: number, half: string): number => {
	if (/^p/i.test(half)) return hour < 12 ? hour + 12 : hour;
	return /^a/i.test(half) && hour === 12 ? 0 : hour;
};

/**
 * The time with its zone out of the words around a day (`um 14:30 Uhr MEZ`, `at 2:30 p.m. EST`), in RFC 3339; null where
 * either is missing: without a zone only the day is certain.
 */
export const zonedTime = (text: string): string | null => {
	const match = time.exec(text);
	if (match === null) return null;
	const [, hour = "", minute = "", second = "00", fraction, half, zone] = match;
	const offset = zone === undefined ? null : zoneOffset(zone);
	if (offset === null) return null;
	const hours = String(hourOfDay(Number(hour), half ?? "")).padStart(2, "0");
	return `T${hours}:${minute}:${second}${fraction === undefined ? "" : `.${fraction.slice(0, 3)}`}${offset}`;
};
