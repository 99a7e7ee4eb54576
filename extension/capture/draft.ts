import type { Fields } from "../../backend/contract/fields.ts";
import type { Provenance } from "../../backend/contract/provenance.ts";
import type { RecipeReading } from "./recipes/apply.ts";
import type { UsableRecipe } from "./recipes/recipe.ts";

/** The document a capture was taken from, as it was at the gesture. A later document in the same tab is another one. */
export type CapturedDocument = { tabId: number; documentId: string; url: string };

/** What the extension took from a page, before the person sends it. Plain data: it crosses `executeScript`. */
export type CaptureDraft = {
	kind: string;
	source: { url: string; title: string };
	fields: Fields;
	/** How each value was found; shown on hover and stored with the record. */
	provenance: Provenance;
	/** An address of the picture shown beside the title, or null. */
	image: string | null;
};

/** What the gesture pointed at; makes the difference between "send this page" and "send this link". */
export type CaptureSubject =
	| { of: "page" }
	/** `text`: the selection as the browser reported it; used where the page's own cannot be read (another frame). */
	| { of: "selection"; text?: string }
	| { of: "link"; url: string; text: string }
	| { of: "image"; url: string }
	/** `url`: what its player plays, which may be an address that only the page knows (`blob:`). */
	| { of: "video"; url: string };

/** The request handed to the injected capture script. `withBody` loads the article extractor; `recipes`: those for this page. */
export type CaptureRequest = { subject: CaptureSubject; withBody: boolean; recipes?: readonly UsableRecipe[] };

/**
 * `recipes`: how each of the request's fared. `rows`: about how many rows the page's longest table or list has, where it has one
 * worth offering. The injected script never throws: Chromium turns a throw into `null` without an error.
 */
export type CaptureReply =
	| { ok: true; draft: CaptureDraft; recipes?: RecipeReading[]; rows?: number }
	| { ok: false; reason: string };
