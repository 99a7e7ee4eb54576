import type { Located } from "../findings.ts";
import { limits } from "../limits.ts";
import { lineOf, termName, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";

/** The short names of days that `openingHours` uses. */
const days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

const dayIndex = (name: string): number => days.indexOf(termName(name).slice(0, 2));

/** `Mo-Fr`, `Sa,Su`: neighbouring days as a range. */
const dayRange = (indices: readonly number[]): string => {
	const sorted = [...new Set(indices)].filter((index) => index >= 0).sort((a, b) => a - b);
	const runs: number[][] = [];
	for (const index of sorted) {
		const run = runs.at(-1);
		if (run !== undefined && run.at(-1) === index - 1) run.push(index);
		else runs.push([index]);
	}
	return runs
		.map((run) => [run[0], run.at(-1)].map((index) => days[index ?? 0] ?? ""))
		.map(([first, last]) => (first === last ? first : `${first}-${last}`))
		.join(",");
};

const clock = (text: string): string => /^\d{1,2}:\d{2}/.exec(text)?.[0] ?? text;

/** The opening hours of a place in the short form (`Mo-Fr 09:00-18:00`), from texts or from objects. */
export const openingHours = (thing: ThingReader): Located<string[]> | null => {
	const written = thing.lines(["openingHours"]);
	if (written !== null) return written;
	const lines = thingsOf(thing.thing, "openingHoursSpecification")
		.slice(0, limits.listItems)
		.map((hours) => {
			const range = dayRange(
				valuesOf(hours, "dayOfWeek").map((day) =>
					dayIndex(lineOf(day) || (typeof day === "object" ? (day.id ?? "") : "")),
				),
			);
			const [opens, closes] = [clock(textOf(hours, "opens")), clock(textOf(hours, "closes"))];
			return opens === "" || range === "" ? "" : `${range} ${opens}-${closes}`;
		});
	const kept = [...new Set(lines.filter((line) => line !== ""))];
	return kept.length === 0 ? null : { value: kept, path: `${thing.thing.path}.openingHoursSpecification` };
};
