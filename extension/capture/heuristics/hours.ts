import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { cleanLine } from "../values/text.ts";
import { sectionOf } from "./sections.ts";
import { placeOf } from "./snippets.ts";

const headings =
	/^(?:opening (?:hours|times)|hours|we are open|(?:unsere )?öffnungszeiten|heures d['’]ouverture|horaires(?: d['’]ouverture)?|horarios?(?: de apertura| de funcionamento)?|orari(?: di apertura)?|openingstijden|öppettider|åpningstider|åbningstider|aukioloajat|otevírací doba|godziny otwarcia|часы работы|режим работы|години роботи|çalışma saatleri|営業時間|营业时间|영업시간|ساعات العمل|שעות פתיחה)\s*:?$/iu;

const closed =
	/closed|geschlossen|ruhetag|fermé|cerrado|fechado|chiuso|gesloten|stängt|stengt|lukket|suljettu|zavřeno|nieczynne|закрыт|выходной|kapalı|休|휴무|مغلق|סגור/iu;

/** Days and hours, in the cells of a row or in the parts of a definition. */
const rowsIn = (element: Element): [string, string][] => {
	const of = (selector: string): Element[] => Array.from(element.querySelectorAll(selector)).slice(0, 30);
	const pairs =
		element.tagName.toUpperCase() === "DL"
			? of("dt").map((term) => [term, term.nextElementSibling])
			: of("tr").map((row) => [row.children[0] ?? null, row.children[1] ?? null]);
	return pairs.map(([day, hours]) => [cleanLine(day?.textContent ?? "", 80), cleanLine(hours?.textContent ?? "", 80)]);
};

/** The opening hours that the page shows in rows below a heading, one line each, as it writes them. */
export const shownHours = (page: PageView): Located<string[]> | null => {
	const section = sectionOf(page, headings);
	const list = section?.elements
		.flatMap((element) => [element, ...Array.from(element.querySelectorAll("table,dl")).slice(0, 3)])
		.find((element) => /^(?:TABLE|DL)$/i.test(element.tagName));
	if (section === null || list === undefined) return null;
	const rows = rowsIn(list).filter(([day, hours]) => day !== "" && (/\p{Nd}/u.test(hours) || closed.test(hours)));
	// French sets a space before the colon.
	const colon = /^fr\b/i.test(page.language) ? " :" : ":";
	const lines = rows.map(([day, hours]) => `${day.replace(/\s*[:：]$/u, "")}${colon} ${hours}`);
	return lines.length === 0 ? null : { value: lines, path: placeOf({ element: section.heading }), confidence: 0.5 };
};
