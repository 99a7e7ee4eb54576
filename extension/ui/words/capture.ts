import type { ProvenanceSource } from "../../../backend/contract/provenance.ts";
import { type FieldName, vocabulary } from "../../capture/vocabulary.ts";

/** Where a value was found, in words that need no knowledge of how pages are made. */
export const provenanceWords: Record<ProvenanceSource, string> = {
	"json-ld": "from the page's data",
	microdata: "from the page's data",
	rdfa: "from the page's data",
	"open-graph": "from the page's sharing card",
	twitter: "from the page's sharing card",
	meta: "from the page's description",
	link: "from the link",
	content: "from the text",
	selection: "from your selection",
	selector: "from the place you pointed at",
	table: "from the table",
	page: "from the page",
	typed: "typed by you",
};

const kindWords: Record<string, string> = {
	page: "Page",
	bookmark: "Bookmark",
	article: "Article",
	product: "Product",
	person: "Person",
	organisation: "Organisation",
	event: "Event",
	recipe: "Recipe",
	job: "Job",
	place: "Place",
	paper: "Paper",
	video: "Video",
	repository: "Repository",
	table_row: "Table row",
	image: "Image",
	quote: "Quote",
	link: "Link",
};

/** "job" → "Job"; a kind that is new to this build reads as its own slug. */
export function kindName(kind: string): string {
	return kindWords[kind] ?? fieldName(kind);
}

/** A field's label: Sheaf's own word for it, or a name given by hand made readable ("shelf_mark" → "Shelf mark"). */
export function fieldName(name: string): string {
	if (Object.hasOwn(vocabulary, name)) return vocabulary[name as FieldName].label;
	const spaced = name
		.replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
		.replaceAll(/[_-]+/g, " ")
		.trim();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
