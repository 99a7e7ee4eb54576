import { plainSigns } from "./plain-signs.ts";

const monthNames = [
	"january",
	"february",
	"march",
	"april",
	"may",
	"june",
	"july",
	"august",
	"september",
	"october",
	"november",
	"december",
];
const monthName = `(${monthNames.map((name) => `${name}|${name.slice(0, 3)}\\.?`).join("|")}|sept\\.?)`;

/** What a part of a pattern fills. */
type Field = "year" | "month" | "day" | "hour" | "half" | "minute" | "second";

const tokens: Readonly<Record<string, { field: Field; shape: string }>> = {
	YYYY: { field: "year", shape: String.raw`(\d{4})` },
	MMMM: { field: "month", shape: monthName },
	MMM: { field: "month", shape: monthName },
	MM: { field: "month", shape: String.raw`(\d{2})` },
	M: { field: "month", shape: String.raw`(\d{1,2})` },
	DD: { field: "day", shape: String.raw`(\d{2})` },
	D: { field: "day", shape: String.raw`(\d{1,2})` },
	HH: { field: "hour", shape: String.raw`(\d{2})` },
	H: { field: "hour", shape: String.raw`(\d{1,2})` },
	hh: { field: "hour", shape: String.raw`(\d{2})` },
	h: { field: "hour", shape: String.raw`(\d{1,2})` },
	mm: { field: "minute", shape: String.raw`(\d{2})` },
	ss: { field: "second", shape: String.raw`(\d{2})` },
	A: { field: "half", shape: String.raw`([ap]\.?m\.?)` },
};

const piece = /\[([^\]]*)\]|YYYY|M{1,4}|DD?|HH?|hh?|mm|ss|A|./gsu;

/** Numbers as they were written; `hour` of 24. Whether there is such a day and time is not looked at. */
export type Written = { year: number; month: number; day: number; hour: number; minute: number; second: number };

export type DatePattern = {
	/** Whether it says a time of day. */
	timed: boolean;
	/** Null where the text is not written so. */
	read(text: string): Written | null;
};

export type ParsedPattern = { ok: true; pattern: DatePattern } | { ok: false; why: string };

/** A pattern as `contract/transforms.ts` tells it, or why it is none. Space and dashes of any kind match any other. */
export function parseDatePattern(source: string): ParsedPattern {
	const fields: Field[] = [];
	const names: string[] = [];
	let shape = "";
	for (const [text, quoted] of plainSigns(source, ".").replaceAll(/ +/g, " ").matchAll(piece)) {
		const token = quoted === undefined ? tokens[text] : undefined;
		shape += token?.shape ?? literal(quoted ?? text);
		if (token === undefined) continue;
		fields.push(token.field);
		names.push(text);
	}
	const why = whyNot(fields, names);
	if (why !== null) return { ok: false, why };
	const expression = new RegExp(`^${shape}$`, "iu");
	const read = (text: string) => {
		const found = expression.exec(plainSigns(text, ".").replaceAll(/ +/g, " "));
		return found === null ? null : written(fields, found.slice(1));
	};
	return { ok: true, pattern: { timed: fields.includes("hour"), read } };
}

function literal(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function whyNot(fields: readonly Field[], names: readonly string[]): string | null {
	const twice = fields.find((field, place) => fields.indexOf(field) !== place);
	if (twice !== undefined) return `The pattern has the ${twice} twice. Put words in [ ].`;
	const missing = (["year", "month", "day"] as const).find((field) => !fields.includes(field));
	if (missing !== undefined) return `The pattern has no ${missing}. It needs YYYY, MM and DD.`;
	const ofTwelve = names.includes("h") || names.includes("hh");
	if (ofTwelve !== names.includes("A")) return "The pattern needs hh and A together, or HH.";
	const needs = [
		["second", "minute"],
		["minute", "hour"],
	] as const;
	const loose = needs.find(([field, above]) => fields.includes(field) && !fields.includes(above));
	return loose === undefined ? null : `The pattern has a ${loose[0]} without the ${loose[1]}.`;
}

function written(fields: readonly Field[], found: readonly string[]): Written | null {
	const of = (field: Field) => found[fields.indexOf(field)] ?? "0";
	const half = fields.includes("half") ? of("half").toLowerCase() : null;
	const hour = Number(of("hour"));
	if (half !== null && (hour < 1 || hour > 12)) return null;
	return {
		year: Number(of("year")),
		month: monthOf(of("month")),
		day: Number(of("day")),
		hour: half === null ? hour : (hour % 12) + (half.startsWith("p") ? 12 : 0),
		minute: Number(of("minute")),
		second: Number(of("second")),
	};
}

function monthOf(text: string): number {
	const start = text.toLowerCase().slice(0, 3);
	const place = monthNames.findIndex((name) => name.startsWith(start));
	return place < 0 ? Number(text) : place + 1;
}
