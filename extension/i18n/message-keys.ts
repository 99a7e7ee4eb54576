import type manifest from "../locales/en/manifest.json";
import type popup from "../locales/en/popup.json";
import type when from "../locales/en/when.json";

/** One line for each file of `locales/en/`: a key that is in none of them does not compile. */
type English = {
	manifest: typeof manifest;
	popup: typeof popup;
	when: typeof when;
};

/** A message for counts: every language has `other`, and beside it the forms it tells apart. */
type Forms = { other: string };

type KeysOf<T, Kind extends "plain" | "plural"> = {
	[Name in keyof T & string]: T[Name] extends string
		? Kind extends "plain"
			? Name
			: never
		: T[Name] extends Forms
			? Kind extends "plural"
				? Name
				: never
			: `${Name}.${KeysOf<T[Name], Kind>}`;
}[keyof T & string];

/** "popup.send": the section and the way to the text in it. */
export type MessageKey = KeysOf<English, "plain">;

/** "popup.records": the same for a text that has forms for counts. */
export type PluralKey = KeysOf<English, "plural">;
