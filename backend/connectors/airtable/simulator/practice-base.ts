import type { BaseSeed } from "./seed.ts";
import { type TokenSeed, usualScopes } from "./tokens.ts";

/** Where a newcomer's first rows arrive. The ids are fixed, so that a target keeps its table when the file is lost. */
export const practiceBase: BaseSeed = {
	id: "appPracticeBase00",
	name: "Practice base",
	tables: [
		{
			id: "tblReadingList000",
			name: "Reading list",
			fields: [
				{ id: "fldReadTitle00000", name: "Title", type: "singleLineText" },
				{ id: "fldReadUrl0000000", name: "URL", type: "url" },
				{ id: "fldReadAuthor0000", name: "Author", type: "singleLineText" },
				{
					id: "fldReadPublished0",
					name: "Published",
					type: "date",
					options: { dateFormat: { name: "iso", format: "YYYY-MM-DD" } },
				},
				{ id: "fldReadSummary000", name: "Summary", type: "multilineText" },
				{ id: "fldReadTags000000", name: "Tags", type: "multipleSelects", choices: ["To read", "Favourite"] },
				{ id: "fldReadImage00000", name: "Image", type: "multipleAttachments", options: { isReversed: false } },
			],
		},
		{
			id: "tblProducts000000",
			name: "Products",
			fields: [
				{ id: "fldProdName000000", name: "Name", type: "singleLineText" },
				{ id: "fldProdUrl0000000", name: "URL", type: "url" },
				{ id: "fldProdPrice00000", name: "Price", type: "currency", options: { precision: 2, symbol: "€" } },
				{ id: "fldProdBrand00000", name: "Brand", type: "singleLineText" },
				{
					id: "fldProdRating0000",
					name: "Rating",
					type: "rating",
					options: { icon: "star", color: "yellowBright", max: 5 },
				},
				{ id: "fldProdImage00000", name: "Image", type: "multipleAttachments", options: { isReversed: false } },
				{
					id: "fldProdStock00000",
					name: "In stock",
					type: "checkbox",
					options: { icon: "check", color: "greenBright" },
				},
				{ id: "fldProdNotes00000", name: "Notes", type: "multilineText" },
			],
		},
	],
};

/** Known to everyone on purpose: it opens this one base, on this one machine, and nothing else. */
export const practiceToken: TokenSeed = {
	token: "patPracticeBase00.known-to-everyone",
	userId: "usrPracticeBase00",
	scopes: [...usualScopes, "schema.bases:write"],
};
