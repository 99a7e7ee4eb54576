import { storage } from "wxt/utils/storage";
import { bulkNote } from "./bulk-note.ts";
import { draftPrefix, guestsDraft } from "./draft-keys.ts";
import { picks } from "./picks.ts";
import { shotChoices } from "./shot-choices.ts";

/**
 * What a person has begun and not finished goes with them (ID-8): half-written records, picks, and how far their saving of rows came. A
 * guest's stays: it goes on with whoever signs in, and this is also done at every start at which nobody is signed in.
 */
export async function forgetHalfDone(): Promise<void> {
	const keys = Object.keys(await storage.snapshot("session")).map((key) => `session:${key}` as const);
	const isPersons = (key: string) => key.startsWith(draftPrefix) && !key.startsWith(`${draftPrefix}${guestsDraft}/`);
	await storage.removeItems(keys.filter(isPersons));
	const going = Object.entries(await picks.getValue());
	await picks.setValue(Object.fromEntries(going.filter(([, { place }]) => place.userId === null)));
	if ((await bulkNote.getValue())?.userId) await bulkNote.removeValue();
	const choices = Object.entries(await shotChoices.getValue());
	await shotChoices.setValue(Object.fromEntries(choices.filter(([, { who }]) => who === guestsDraft)));
}
