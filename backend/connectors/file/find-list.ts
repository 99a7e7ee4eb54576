import { textEnd } from "./cut-entries.ts";
import { quote, textOf, type Units } from "./units.ts";

const [openList, closeList, openEntry, closeEntry, colon] = [91, 93, 123, 125, 58];
/** What services call the list in an answer. */
const usualNames = new Set(["records", "data", "items", "rows", "results", "entries", "value", "list"]);

/**
 * Where the entries of a document begin: behind the bracket of the list that is the document, or of one inside of it (`{"records": […]}`). Of
 * several, the first with a usual name, else the first. Null: there is none in what is looked at. Pure.
 */
export function findList(units: Units): number | null {
	const found = listsIn(units);
	return (found.find(({ name }) => usualNames.has(name.toLowerCase())) ?? found[0])?.inside ?? null;
}

type FoundList = { name: string; inside: number };

/** Lists of entries that lie in no other list; one that is empty is one too, as far as anybody can tell. */
function listsIn(units: Units): FoundList[] {
	const found: FoundList[] = [];
	let [depthOfLists, name] = [0, ""];
	for (let at = 0; at < units.length; at += 1) {
		const unit = units[at];
		if (unit === quote) {
			const closing = textEnd(units, at + 1);
			if (closing === null) return found;
			if (nextOf(units, closing + 1) === colon) name = textOf(units.subarray(at + 1, closing));
			at = closing;
		} else if (unit === openList) {
			const inside = nextOf(units, at + 1);
			if (depthOfLists === 0 && (inside === openEntry || inside === closeList)) found.push({ name, inside: at + 1 });
			depthOfLists += 1;
		} else if (unit === closeList) depthOfLists -= 1;
		else if (unit === closeEntry) name = "";
	}
	return found;
}

/** The next unit that is no white space. */
function nextOf(units: Units, from: number): number | undefined {
	let at = from;
	while ((units[at] ?? 33) <= 32) at += 1;
	return units[at];
}
