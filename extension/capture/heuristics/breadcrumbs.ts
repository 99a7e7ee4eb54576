import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { lineOf, type Thing, thingsOf, valuesOf } from "../sources/thing.ts";
import { cleanLine } from "../values/text.ts";

/** What a trail is called by attributes that are no name of an element. */
const selector = ["aria-label", "data-marker", "data-cy"]
	.map((attribute) => `[${attribute}*='crumb' i]`)
	.concat(
		"[aria-label*='brotkrumen' i]",
		"[aria-label*='fil d' i]",
		"[aria-label*='kruimel' i]",
		"[aria-label*='migas' i]",
	)
	.join(",");

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();

const nameOf = (step: Thing): string =>
	lineOf(valuesOf(step, "name")[0]) || lineOf(thingsOf(step, "item")[0]) || lineOf(step);

const position = (step: Thing): number => Number(valuesOf(step, "position")[0] ?? 0);

const described = (page: PageView): Located<string[]> | null => {
	const nested = page.things.flatMap((thing) => thingsOf(thing, "breadcrumb"));
	for (const list of [...page.things, ...nested].filter(({ types }) => types.includes("BreadcrumbList"))) {
		const steps = thingsOf(list, "itemListElement").toSorted((a, b) => position(a) - position(b));
		const names = steps.map(nameOf).filter((name) => name !== "");
		if (names.length > 0) return { value: names, path: `${list.path}.itemListElement` };
	}
	return null;
};

const aSeparator = /[>›»/|→·•≫＞]/u;
const separators = /\s*[>›»/|→·•≫＞]\s*/u;

const textOf = (element: Element): string => cleanLine(element.textContent ?? "", 600);

/** The steps of a trail: its links and list items, then what stands behind the last of them. */
const stepsIn = (trail: Element): string[] => {
	const links = Array.from(trail.querySelectorAll("a,li,[itemprop='name']")).slice(0, 40);
	const leaves = links.filter((element) => !links.some((other) => other !== element && element.contains(other)));
	const written = leaves.map((element) =>
		textOf(element)
			.replace(/^[\s>›»/|→·]+|[\s>›»/|→·]+$/gu, "")
			.trim(),
	);
	const steps = written.filter((step, at) => step !== "" && step !== written[at - 1]);
	const parts = textOf(trail).split(separators);
	const rest = parts.length > steps.length ? (parts.at(-1) ?? "") : "";
	return rest !== "" && rest.length < 200 && !steps.includes(rest) ? [...steps, rest] : steps;
};

/** A line of links with marks between them, above the heading: a trail without a name. */
const unnamed = (page: PageView): Element | null => {
	const { all, headingAt } = page.snippets();
	for (const { element, text } of all.slice(0, headingAt + 4)) {
		if (!aSeparator.test(text)) continue;
		const parts = text.split(separators).length;
		if (parts < 3 || /^(?:A|LI)$/i.test(element.tagName)) continue;
		const links = element.querySelectorAll("a[href]").length;
		if (links >= 2 && links <= 7 && parts - links <= 1) return element;
	}
	return null;
};

const marked = (page: PageView): Located<string[]> | null => {
	const labelled = Array.from(page.document.querySelectorAll(selector)).slice(0, 5);
	for (const trail of [...page.snippets().trails, ...labelled]) {
		const steps = stepsIn(trail);
		if (steps.length > 0) return { value: steps, path: "breadcrumb" };
	}
	const free = unnamed(page);
	const steps = free === null ? [] : stepsIn(free);
	return steps.length > 0 ? { value: steps, path: "breadcrumb" } : null;
};

const home =
	/^(?:home|home ?page|start|startseite|startsida|accueil|inicio|início|home ?pagina|strona główna|domů|úvod|hjem|forside|etusivu|главная|ana sayfa|anasayfa|ホーム|トップ|top|首页|首頁|홈|الرئيسية|ראשי|דף הבית|खोज|หน้าแรก|trang chủ)$/iu;

/**
 * The last step of the page's trail before the page itself, or null. The home page is no step, and a trail that ends elsewhere than
 * at this page ends with the step itself.
 */
export const trailStep = (page: PageView, title: string): Located<string> | null => {
	const data = described(page);
	const trail = data ?? marked(page);
	if (trail === null) return null;
	const own = [title, page.heading].map(plain).filter((name) => name !== "");
	const isOwn = (step: string): boolean =>
		own.some(
			(name) =>
				name === plain(step) ||
				(name.startsWith(plain(step).replace(/…$|\.\.\.$/, "")) && /…$|\.\.\.$/.test(step)) ||
				(plain(step).length > (/\p{sc=Han}|\p{sc=Hangul}|\p{sc=Hiragana}/u.test(step) ? 4 : 8) &&
					(name.includes(plain(step)) || plain(step).includes(name))),
		);
	const steps = trail.value.filter((step) => !home.test(step.trim()));
	while (steps.length > 0 && isOwn(steps.at(-1) ?? "")) steps.pop();
	const last = steps.at(-1);
	return last === undefined ? null : { value: last, path: trail.path, confidence: data === null ? 0.5 : 0.85 };
};
