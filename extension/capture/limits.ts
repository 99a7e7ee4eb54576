/**
 * Every bound of the capture in one place. A page is hostile or merely huge; whatever it holds, the capture answers, and
 * what it hands over fits the wire (backend/contract/fields.ts).
 */
export const limits = {
	/**
	 * After this many milliseconds only data is read, and nothing more is guessed from the page's shape. Ten times what a page of the corpus
	 * takes on a busy machine: a page is cut short, a slow computer is not.
	 */
	budgetMs: 300,
	/** Characters of one JSON-LD block; a longer one is skipped unread. */
	jsonLdBlockChars: 1_000_000,
	/** Characters of all JSON-LD blocks together. */
	jsonLdTotalChars: 2_000_000,
	jsonLdBlocks: 60,
	/** Nesting and number of values read out of broken JSON; beyond them the rest of the block is left. */
	jsonDepth: 60,
	jsonValues: 50_000,
	/** Objects taken from structured data, over the whole page. */
	things: 4_000,
	/** Nesting of structured data; deeper objects are dropped. */
	thingDepth: 20,
	valuesPerProperty: 500,
	microdataProperties: 4_000,
	metaTags: 500,
	/** Characters of one value before it is cleaned. */
	rawChars: 200_000,
	titleChars: 1_000,
	textChars: 10_000,
	/** A text on one line. With a list's and the body's bounds, every record of a page fits one request (1 MiB). */
	lineChars: 1_000,
	listItems: 200,
	listItemChars: 2_000,
	/** All items of one list together. */
	listChars: 24_000,
	urlChars: 8_192,
	bodyChars: 100_000,
	/** Elements and nesting that are read for what the page shows without describing it, and how long a text counts as short. */
	heuristicElements: 6_000,
	heuristicDepth: 200,
	snippetChars: 160,
	/** Elements above which the article extractor is not run: its cost grows faster than the page (19 s at 50,000). */
	articleElements: 8_000,
	/** Nodes written as Markdown at most. */
	markdownNodes: 30_000,
	/** A table as Markdown: each row has as many cells as the widest. */
	tableRows: 2_000,
	tableColumns: 100,
	/** Nesting followed while writing Markdown; recursion ends there. */
	markdownDepth: 100,
} as const;
