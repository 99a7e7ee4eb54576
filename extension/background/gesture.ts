import type { CaptureSubject } from "../capture/draft.ts";

/** What the person did, as it was at that moment: later questions to the tab could be answered by another page. */
export type Gesture = {
	tabId: number | null;
	/** The page's address and title as far as the browser tells them; empty where it does not. */
	url: string;
	title: string;
	subject: CaptureSubject;
	/** One record for each; none: to no target yet. */
	targetIds: readonly string[];
};

/** As much of `contextMenus.OnClickData` as matters here. */
export type MenuClick = {
	mediaType?: string | undefined;
	srcUrl?: string | undefined;
	linkUrl?: string | undefined;
	/** Firefox only. */
	linkText?: string | undefined;
	selectionText?: string | undefined;
};

/**
 * What was pointed at. A selection is deliberate and comes first; a picture inside a link is what lies under the pointer,
 * so it comes before the link; so does a video.
 */
export const subjectOf = (click: MenuClick): CaptureSubject => {
	if (click.selectionText) return { of: "selection", text: click.selectionText };
	if (click.mediaType === "image" && click.srcUrl) return { of: "image", url: click.srcUrl };
	if (click.mediaType === "video") return { of: "video", url: click.srcUrl ?? "" };
	if (click.linkUrl) return { of: "link", url: click.linkUrl, text: click.linkText ?? "" };
	return { of: "page" };
};
