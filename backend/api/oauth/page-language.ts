import { type Language, languages } from "../../words/languages.ts";

/** Longer ones are of nobody who wants to read; the weighing stays short. */
const longestHeader = 500;

/**
 * The language that whoever asks reads best (RFC 9110 §12.5.4), by the browser's setting: the first of the best weighed ones that we write,
 * whatever its region. English where there is none.
 */
export function languageOf(request: Pick<Request, "headers">): Language {
	const header = (request.headers.get("accept-language") ?? "").slice(0, longestHeader);
	const wanted = header.split(",").flatMap((range) => {
		const [tag = "", ...parameters] = range.toLowerCase().split(";");
		const name = tag.trim().split("-")[0];
		const language = languages.find((known) => known === name);
		const weight = weightIn(parameters);
		return language === undefined || weight === 0 ? [] : [{ language, weight }];
	});
	return wanted.toSorted((a, b) => b.weight - a.weight)[0]?.language ?? "en";
}

/** 1 where none is written, or one that cannot be read. */
function weightIn(parameters: readonly string[]): number {
	const written = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
	return written === undefined ? 1 : Number(written);
}
