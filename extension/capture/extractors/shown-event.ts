import type { Findings, Located } from "../findings.ts";
import { labelled } from "../heuristics/labels.ts";
import { namedText, nameWord } from "../heuristics/named.ts";
import { shownPrices } from "../heuristics/prices.ts";
import { placeOf, type Snippet } from "../heuristics/snippets.ts";
import type { PageView } from "../page-view.ts";
import { parseDate } from "../values/date.ts";

const when = nameWord(
	"when|datum|date|event-date|termin|fecha|data|dato|start|dtstart|dt-start|date-time|event-time|schedule",
);
const where = nameWord(
	"where|venue|venue-name|misto|ort|veranstaltungsort|lieu|lugar|local|luogo|locatie|sted|plats|event-location|p-location|location",
);
const tickets =
	/^(?:\p{S}|\s)*(?:(?:get|buy|book) (?:your )?tickets?|tickets?|rsvp|register(?: now)?|tickets? (?:kaufen|bestellen)|karten (?:kaufen|bestellen)|réserver|billetterie|(?:comprar )?entradas|comprar (?:boletos|ingressos|bilhetes)|ingressos|biglietti|acquista biglietti|koop tickets|köp biljett\p{L}*|kjøp billett\p{L}*|køb billet\p{L}*|osta lip\p{L}*|koupit vstupenk\p{L}*|vstupenky|kup bilet|bilety|купить билет\p{L}*|bilet al|チケット(?:を買う|購入)?|购票|立即购票|예매하기|예매|احجز|شراء تذاكر|הזמנת כרטיסים|כרטיסים|sign up|anmelden|s'inscrire)$/iu;

const days = /(\d{1,2})\.?\s*[–—-]\s*(\d{1,2})(\.?\s+\p{L}+\.?,?\s+\d{4})/u;

/** `9–11 September 2026` as both of its days. */
const spanIn = (text: string, page: PageView): { starts: string | null; ends: string | null } => {
	const span = days.exec(text);
	if (span === null) return { starts: parseDate(text, page.place), ends: null };
	return { starts: parseDate(`${span[1]}${span[3]}`, page.place), ends: parseDate(`${span[2]}${span[3]}`, page.place) };
};

type When = { starts: Located<string>; ends: Located<string> | null };

/** The date that stands near the heading under a name of its own, or as a label's value. */
const dateOf = (page: PageView): When | null => {
	const { own, headingAt } = page.snippets();
	const label = labelled(page.snippets()).get("starts");
	const near = own.filter(({ at, names }) => Math.abs(at - headingAt) < 30 && when.test(names));
	const candidates: Pick<Snippet, "text" | "element">[] = [
		...near,
		...(label === undefined ? [] : [{ text: label.value.value, element: label.snippet.element }]),
	];
	for (const { text, element } of candidates) {
		const { starts, ends } = spanIn(text, page);
		const path = placeOf({ element });
		if (starts !== null)
			return {
				starts: { value: starts, path, confidence: 0.55 },
				ends: ends === null ? null : { value: ends, path, confidence: 0.5 },
			};
	}
	return null;
};

const placeIn = (page: PageView): Located<string> | null =>
	labelled(page.snippets()).get("location")?.value ?? namedText(page.snippets(), where);

const hasTickets = ({ document }: PageView): boolean =>
	Array.from(document.querySelectorAll("a,button"))
		.slice(0, 400)
		.some((element) => tickets.test((element.textContent ?? "").trim()));

const root = ".h-event,.vevent";

/** Whether the page announces something that takes place: marked as such, or with a day, a place and tickets. */
export const looksLikeEvent = (page: PageView): boolean => {
	if (page.document.querySelectorAll(root).length === 1) return true;
	return page.heading !== "" && dateOf(page) !== null && placeIn(page) !== null && hasTickets(page);
};

const marked = (page: PageView, selector: string): Located<string> | null => {
	const element = page.document.querySelector(root)?.querySelector(selector);
	const value = (element?.textContent ?? "").replace(/\s+/g, " ").trim();
	return element === null || element === undefined || value === ""
		? null
		: { value, path: placeOf({ element }), confidence: 0.8 };
};

const markedDate = (page: PageView, selector: string): Located<string> | null => {
	const element = page.document.querySelector(root)?.querySelector(selector);
	const value = element
		? parseDate(
				element.getAttribute("datetime") ?? element.getAttribute("title") ?? element.textContent ?? "",
				page.place,
			)
		: null;
	return element && value ? { value, path: placeOf({ element }), confidence: 0.8 } : null;
};

/** What the page shows of an event below whatever it says in data. */
export const readShownEvent = (page: PageView, found: Findings): void => {
	found.offerAll(
		{
			title: marked(page, ".p-name,.summary"),
			starts: markedDate(page, ".dt-start,.dtstart"),
			ends: markedDate(page, ".dt-end,.dtend"),
			location: marked(page, ".p-location,.location"),
			organiser: marked(page, ".p-organizer,.organizer"),
		},
		"content",
	);
	const day = dateOf(page);
	const { price } = shownPrices(page, null);
	found.offerAll(
		{
			starts: day?.starts ?? null,
			ends: day?.ends ?? null,
			location: placeIn(page),
			organiser: labelled(page.snippets()).get("organiser")?.value ?? null,
			price,
			currency: price && { ...price, value: price.value.currency },
		},
		"content",
	);
};
