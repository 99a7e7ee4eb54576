import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { parseDate } from "../values/date.ts";
import { cleanLine } from "../values/text.ts";
import { placeOf, type Snippet } from "./snippets.ts";

/** Where themes and systems write who wrote something, the surest first. */
const authorSelectors = [
	"[rel~='author']",
	".vcard .fn,.byline .fn,.author .fn",
	"[class~='byline'] a,[class~='byline-name'],[class*='author-name' i],[class*='author__name' i],[class*='authorname' i],[data-testid*='author' i] a",
	"[class~='author'] a,[class~='authors'] a,[class*='article-author' i],[class*='post-author' i],[class*='entry-author' i]",
	"[class~='byline'],[class~='author'],[class*='byline' i],[id*='byline' i],[class~='autor'],[class~='auteur'],[class~='writer'],[class~='reporter'],[class*='author' i]",
];

const before =
	/^(?:(?:written|posted|published|reported|photographed|words|text|story|article|recipe|created|submitted|uploaded)\s+)?(?:by|von|par|por|di|da|door|av|af|de|od|autor(?:in)?|auteur|autore|author|text|texte|testo|tekst|foto e testo|yazan|автор|текст|作者|撰文|文|著者|執筆|記者|글|기자|الكاتب|بقلم|كتب(?:ت|ه)?|تأليف|מאת|נכתב על ידי|نویسنده|द्वारा|लेखक|โดย|tác giả|oleh|bởi)\s*[:：／/]?\s+|^(?:by|von|作者|撰文|文|著者|執筆|記者|기자|글|بقلم|מאת|автор)\s*[:：／/]\s*/iu;

const noName =
	/^(?:more (?:posts|from|by)|view all|all posts|posts? by|see (?:all|more)|follow|about|read more|share|subscribe|contact|staff|admin|editor(?:ial)?(?: team| staff)?|redaktion|editors?|author|guest|anonymous|https?:|www\.|@)/i;

/** What stands behind the name in a byline: a date, a place, an office, the time it takes to read. */
const behind =
	/\s*(?:[|•·—–,(/]|\s-\s|\b(?:on|am|le|el|il|op|den|в)\s+\d|\bposted\b|\bpublished\b|\bupdated\b|\d{1,2}[.:]\d{2}|\d{4}).*$/iu;

const textOf = (element: Element): string => {
	const out: string[] = [];
	const open: Node[] = [element];
	for (let steps = 0; open.length > 0 && steps < 200; steps += 1) {
		const node = open.pop();
		if (node === undefined) break;
		if (node.nodeType === 3) out.push(node.nodeValue ?? "");
		else if (
			node.nodeType === 1 &&
			!/^(?:STYLE|SCRIPT|NOSCRIPT|SVG|TIME|BUTTON|TEMPLATE)$/i.test((node as Element).tagName)
		)
			open.push(...Array.from(node.childNodes).reverse());
	}
	return cleanLine(out.join(" "), 300);
};

/** A person's name out of a byline, or empty. */
const nameIn = (text: string): string => {
	const bare = text.replace(before, "").replace(/^["“”'«»\s:：]+|["“”'«»\s]+$/gu, "");
	const name = bare
		.replace(behind, "")
		.replace(/\s*(?:記者|기자|特派员|通讯员)$/u, "")
		.trim();
	if (name === "" || name.length > 60 || noName.test(name) || /[@<>{}=]|\d{2}/.test(name)) return "";
	// A name has letters, few words and no end of a sentence.
	return /\p{L}[\p{L}\p{M}]/u.test(name) &&
		name.split(/\s+/).length <= 6 &&
		!/[.!?。]\s/.test(name.replace(/\b\p{L}\.\s/gu, ""))
		? name
		: "";
};

const isComment = (element: Element): boolean =>
	element.closest(
		"[class*='comment' i],[id*='comment' i],[class*='related' i],footer:not(article footer),nav,[class*='sidebar' i],aside,[class*='more-posts' i],[class*='reply' i]",
	) !== null;

/** Who wrote what the page shows, as its byline says. */
export const shownAuthors = (page: PageView): Located<string[]> | null => {
	for (const selector of authorSelectors) {
		const elements = Array.from(page.document.querySelectorAll(selector))
			.slice(0, 12)
			.filter((element) => !isComment(element));
		const names = elements
			.map((element) => ({ element, name: nameIn(textOf(element)) }))
			.filter(({ name }) => name !== "");
		const [first] = names;
		if (first === undefined) continue;
		// Several in one byline are several authors; one further down is another article's.
		const holder = first.element.parentElement;
		const together = names.filter(
			({ element }) => element === first.element || (holder !== null && element.parentElement === holder),
		);
		return { value: [...new Set(together.map(({ name }) => name))], path: placeOf(first), confidence: 0.6 };
	}
	return spokenAuthor(page);
};

/** A short text near the heading that begins with "by". */
const spokenAuthor = (page: PageView): Located<string[]> | null => {
	const { own, headingAt } = page.snippets();
	for (const snippet of own) {
		if (
			snippet.at < headingAt ||
			snippet.at > headingAt + 25 ||
			snippet.text.length > 100 ||
			!before.test(snippet.text)
		)
			continue;
		const name = nameIn(snippet.text);
		if (name !== "" && /^\p{Lu}|[\p{Lo}]/u.test(name))
			return { value: [name], path: placeOf(snippet), confidence: 0.45 };
	}
	return null;
};

const modifiedWords =
	/updated?|modified|aktualisiert|geändert|mis à jour|mise à jour|modifié|actualizado|modificado|atualizad|aggiornat|bijgewerkt|gewijzigd|uppdaterad|opdateret|oppdatert|päivitetty|aktualiz|zaktualiz|обновлен|изменен|güncellen|更新|수정|업데이트|تحديث|עודכן|به‌روز/iu;
const dateNames = /date|time|publish|posted|meta|byline|datum|fecha|data(?:$|[-_\s])|dateline|timestamp|info|created/;
const otherDates = /event|deadline|expire|copyright|©|birth|comment/i;

type Dated = { value: string; path: string; modified: boolean; confidence: number; at: number };

const fromTime = (element: Element, page: PageView): string | null => {
	const machine =
		element.getAttribute("datetime") ?? element.getAttribute("content") ?? element.getAttribute("data-timestamp") ?? "";
	return parseDate(machine, page.place) ?? parseDate(element.textContent ?? "", page.place);
};

const isModified = (snippet: { element: Element; hint: string; text: string }, outer: string): boolean =>
	modifiedWords.test(`${snippet.hint} ${snippet.text}`) ||
	modifiedWords.test(outer.slice(0, Math.max(0, outer.indexOf(snippet.text))).slice(-24));

/** `Published … | Updated …`, `Publié le …, modifié le …`: each its own. */
const partsOf = (snippet: Snippet): Snippet[] => {
	const parts = snippet.text.length > 120 ? [] : snippet.text.split(/\s+[|·]\s+|,\s+(?=\p{L}{4})/u);
	const dated = parts.filter((part) => /\p{Nd}/u.test(part));
	return dated.length === 2 ? dated.map((text) => ({ ...snippet, text })) : [snippet];
};

const datedIn = (snippet: Snippet, page: PageView): Dated | null => {
	const isTime = snippet.element.tagName.toUpperCase() === "TIME";
	if (!isTime && (snippet.text.length > 90 || !/\p{Nd}/u.test(snippet.text))) return null;
	const named = dateNames.test(snippet.hint);
	if (!isTime && !named && snippet.text.length > 45) return null;
	if (!isTime && (otherDates.test(snippet.hint) || otherDates.test(snippet.text))) return null;
	const value = isTime ? fromTime(snippet.element, page) : parseDate(snippet.text, page.place);
	// What stands aside has its own time.
	if (value === null || (isTime && snippet.element.closest("aside") !== null)) return null;
	const outer = page.snippets().around(snippet);
	return {
		value,
		path: placeOf(snippet),
		modified: isModified(snippet, outer),
		confidence: isTime ? 0.65 : named ? 0.55 : 0.4,
		at: snippet.at,
	};
};

type ShownDates = { published: Located<string> | null; modified: Located<string> | null };

/** Several kinds ask the same page. */
const readBefore = new WeakMap<PageView, ShownDates>();

/** When what the page shows was published and changed, from what stands near its heading. */
export const shownDates = (page: PageView): ShownDates => {
	const dates = readBefore.get(page) ?? readDates(page);
	readBefore.set(page, dates);
	return dates;
};

const readDates = (page: PageView): ShownDates => {
	const { own, headingAt } = page.snippets();
	const near = own.filter(({ at }) => at >= headingAt - 12 && at <= headingAt + 30 && headingAt >= 0);
	const dates = near.flatMap(partsOf).flatMap((snippet) => datedIn(snippet, page) ?? []);
	const best = (modified: boolean): Located<string> | null => {
		const [found] = dates
			.filter((date) => date.modified === modified)
			.sort((a, b) => b.confidence - a.confidence || a.at - b.at);
		return found === undefined ? null : { value: found.value, path: found.path, confidence: found.confidence };
	};
	const [published, modified] = [best(false) ?? marked(page), best(true)];
	// The only day a page gives is the day of the page, whatever it calls it.
	return published === null ? { published: modified, modified: null } : { published, modified };
};

/** Where the heading is none or far away: the one time that the page's article has. */
const marked = (page: PageView): Located<string> | null => {
	const element = page.document.querySelector(
		"time[pubdate],article time[datetime],header time[datetime],[itemprop='datePublished']",
	);
	if (element === null || isComment(element)) return null;
	const value = fromTime(element, page);
	return value === null ? null : { value, path: placeOf({ element }), confidence: 0.5 };
};
