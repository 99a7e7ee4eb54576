import type { CaptureReply, CaptureRequest } from "./draft.ts";

/**
 * How the background talks to the injected script. The script defines these two in its isolated world, which pages cannot
 * see, and the background calls `sheafCapture` with the request as an argument. Nothing is left lying in a shared slot
 * for the script to pick up, so two captures at once cannot take each other's request; and a new document has no
 * `sheafCapture` until it is injected there, so an answer can never come from another page than the one that was bound.
 */
declare global {
	var sheafCapture: ((request: CaptureRequest) => CaptureReply) | undefined;
	var sheafReadBody: ((document: Document, url: string) => string) | undefined;
}

/** What the injected script answers at once: the document it now stands in. */
export type Bound = { url: string };
