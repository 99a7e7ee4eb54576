import { storage } from "wxt/utils/storage";
import type { CapturedDocument } from "../capture/draft.ts";

/** An element that somebody is choosing on a page, to have a picture of it. */
export type ShotChoice = {
	/** The word by which what is chosen is known. */
	token: string;
	/** Whose record it is for, as half-written records are kept by it. */
	who: string;
	document: CapturedDocument;
};

/** By tab. Gone with the browser, like what it is chosen with. */
export const shotChoices = storage.defineItem<Record<string, ShotChoice>>("session:shotChoices", { fallback: {} });
