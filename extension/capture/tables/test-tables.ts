import { parseHTML } from "linkedom";
import { createTables, type TablesPage } from "./tables.ts";
import type { FoundTable } from "./types.ts";

/** A page of markup without a browser, at an address. */
export const pageOf = (html: string, url: string): TablesPage => {
	const { document } = parseHTML(html);
	// The two things that reading asks a window for.
	const window = { location: { href: url } } as unknown as Window;
	return { document, window };
};

/** The tables and lists of a page of markup, the best first. */
export const findHtml = async (html: string, url: string): Promise<FoundTable[]> => {
	const reply = await createTables(pageOf(html, url))({ do: "find" });
	if (!reply.ok || !("tables" in reply)) throw new Error(JSON.stringify(reply));
	return reply.tables;
};
