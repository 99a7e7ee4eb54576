import type { CapturedDocument } from "../capture/draft.ts";

/** What of a page a picture is taken of. */
export type ShotOf = "visible" | "element" | "page";

/** `document`: the one that the record was taken from, and no other. */
export type ShotAsk = { of: ShotOf; document: CapturedDocument };

/**
 * `not-readable`: the browser lets nobody in there, or not any more. `tab-left`: the person went to another tab, whose picture it would be.
 * `document-changed`: the tab shows another page by now. `too-large`: more bytes than a picture may have. `busy`: one is being taken.
 */
export type ShotFailure = "not-readable" | "tab-left" | "document-changed" | "too-large" | "busy";

export type ShotAnswer =
	/** `isCut`: the page is longer than a picture can be. */
	| { kind: "taken"; address: string; isCut: boolean }
	/** The person presses an element on the page now; its picture is kept with the record. */
	| { kind: "choosing" }
	| { kind: "cancelled" }
	| { kind: "failed"; because: ShotFailure }
	/** The disk did not take it; the message can be shown as it is. */
	| { kind: "not-kept"; message: string };

export class ShotError extends Error {
	readonly because: ShotFailure | "cancelled";

	constructor(because: ShotFailure | "cancelled") {
		super(because);
		this.because = because;
	}
}
