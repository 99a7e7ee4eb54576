import type { CaptureDraft } from "../draft.ts";
import { Findings } from "../findings.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl, nameFromUrl } from "../values/url.ts";
import { draftFrom } from "./pointed.ts";

/** The player that was pointed at: by its address, else the only one there is. */
const playerOf = (document: Document, url: string, base: string): Element | null => {
	const players = Array.from(document.querySelectorAll("video")).slice(0, 200);
	const sourcesOf = (player: Element): string[] =>
		[player, ...player.querySelectorAll("source")].map((element) => element.getAttribute("src") ?? "");
	const playing = (player: Element): string => ("currentSrc" in player ? String(player.currentSrc) : "");
	const named = players.find(
		(player) => playing(player) === url || sourcesOf(player).some((source) => httpUrl(source, base) === url),
	);
	return named ?? (players.length === 1 ? (players[0] ?? null) : null);
};

const nameOf = (player: Element): string => {
	const caption = player.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
	return cleanLine(player.getAttribute("aria-label") || player.getAttribute("title") || caption, 1_000);
};

/** Known once the browser has read the beginning of the file. */
const minutesOf = (player: Element): number | null => {
	const seconds = "duration" in player ? Number(player.duration) : Number.NaN;
	return Number.isFinite(seconds) && seconds > 0 ? Math.round((seconds / 60) * 100) / 100 : null;
};

/** A video that was pointed at in its player. On a page that is about a video, that page; else the player's, found on the page. */
export const videoDraft = (
	page: CaptureDraft,
	video: { url: string; base: string; document: Document },
): CaptureDraft => {
	// A player that streams has an address of its own making (`blob:`), which leads nowhere later: then the page's is the video's.
	const url = httpUrl(video.url, video.base);
	const player = playerOf(video.document, video.url, video.base);
	const said = player === null ? "" : nameOf(player);
	if (page.kind === "video" && said === "") return page;
	const pageUrl = page.fields["url"]?.type === "url" ? page.fields["url"].value : page.source.url;
	const image = httpUrl(player?.getAttribute("poster") ?? "", video.base);
	const found = new Findings();
	const name = said || (url === null ? "" : nameFromUrl(url));
	found.offerAll({ title: name, url, image, durationMinutes: player && minutesOf(player) }, "selection");
	found.offer("url", pageUrl, "page");
	if (url !== null) found.offer("foundOn", pageUrl, "page");
	return draftFrom(page, { kind: "video", found, source: page.source, image });
};
