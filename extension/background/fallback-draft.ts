import type { CaptureDraft } from "../capture/draft.ts";
import { Findings } from "../capture/findings.ts";
import { withoutTracking } from "../capture/normal-url.ts";
import { cleanLine } from "../capture/values/text.ts";
import { httpUrl, nameFromUrl, siteOf } from "../capture/values/url.ts";
import type { Gesture } from "./gesture.ts";

/** The address and name of what was pointed at, as the browser itself reported them. */
const pointedAt = ({ subject, url, title }: Gesture): { kind: string; url: string; title: string } => {
	if (subject.of === "link") return { kind: "page", url: subject.url, title: subject.text || subject.url };
	if (subject.of === "image") return { kind: "image", url: subject.url, title: nameFromUrl(subject.url) };
	if (subject.of === "video") {
		const address = httpUrl(subject.url, url || "about:blank");
		return address === null
			? { kind: "video", url, title }
			: { kind: "video", url: address, title: nameFromUrl(address) };
	}
	return { kind: subject.of === "selection" ? "quote" : "page", url, title };
};

/**
 * What can be saved of a page that cannot be read (the browser's own pages, the web store, a PDF): what the browser says
 * of the tab and of the click. Null when it says nothing.
 */
export const fallbackDraft = (gesture: Gesture): CaptureDraft | null => {
	const pointed = pointedAt(gesture);
	const title = cleanLine(pointed.title) || pointed.url;
	if (title === "") return null;
	const address = httpUrl(pointed.url, gesture.url || "about:blank");
	// A link to `javascript:` or a picture made of `data:` is nothing that could be found again (CAP-6).
	if (address === null && pointed.url !== gesture.url) return null;
	const foundOn = pointed.url === gesture.url ? null : httpUrl(gesture.url, gesture.url);
	const found = new Findings();
	const siteName = address === null ? "" : siteOf(address);
	found.offerAll({ title, url: address === null ? null : withoutTracking(address), siteName, foundOn }, "page");
	if (gesture.subject.of === "selection") found.offer("quote", gesture.subject.text, "selection");
	if (gesture.subject.of === "image") found.offer("image", address, "selection");
	const { fields, provenance } = found.result();
	const source =
		gesture.subject.of === "link" && address !== null
			? { url: address, title }
			: { url: gesture.url, title: gesture.title || title };
	return { kind: pointed.kind, source, fields, provenance, image: pointed.kind === "image" ? address : null };
};
