import { fieldNames } from "../../capture/vocabulary.ts";
import { fieldName } from "../words/capture.ts";

/** Sheaf's own field names by what they are called here, in small letters. */
export const namesByLabel: ReadonlyMap<string, string> = new Map(
	fieldNames.map((name) => [fieldName(name).toLowerCase(), name]),
);

/** The name of a field for what somebody typed: Sheaf's own for one of its words, else their own. */
export const nameOf = (typed: string): string =>
	namesByLabel.get(typed.trim().toLowerCase()) ?? typed.trim().slice(0, 128);
