import { readMarkedUp, wordsOf } from "./marked-up.ts";
import type { Thing } from "./thing.ts";

/** Terms of schema.org: without a prefix (its `vocab`), with the usual one, or in full. `og:title` and `dc:date` are others' words. */
const own = (terms: string[]): string[] =>
	terms.filter((term) => !/^[a-z][\w-]*:(?!\/\/)/i.test(term) || /^schema:/i.test(term));

/** The root things that the document's RDFa (Lite) describes in schema.org's words, in document order. */
export const readRdfa = (document: Document): Thing[] =>
	readMarkedUp(document, {
		from: "rdfa",
		scopes: "[typeof]",
		properties: "[property]",
		typesOf: (element) => own(wordsOf(element.getAttribute("typeof"))),
		namesOf: (element) => own(wordsOf(element.getAttribute("property"))),
		idOf: (element) => element.getAttribute("resource") ?? element.getAttribute("about"),
		ownerOf: (element) => element.parentElement?.closest("[typeof]") ?? null,
		valueAttributes: ["content", "datetime", "resource"],
	}).filter(({ types }) => types.length > 0);
