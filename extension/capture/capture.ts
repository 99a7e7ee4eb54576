import type { CaptureDraft, CaptureReply, CaptureRequest, CaptureSubject } from "./draft.ts";
import type { Claim, Extractor } from "./extractors/extractor.ts";
import { readCommon } from "./extractors/page.ts";
import { extractors } from "./extractors/registry.ts";
import { Findings } from "./findings.ts";
import { limits } from "./limits.ts";
import { type PageView, viewPage } from "./page-view.ts";
import { withRecipes } from "./recipes/apply.ts";
import type { UsableRecipe } from "./recipes/recipe.ts";
import { imageDraft } from "./subjects/image.ts";
import { linkDraft } from "./subjects/link.ts";
import { quoteDraft } from "./subjects/quote.ts";
import { videoDraft } from "./subjects/video.ts";
import { countRows } from "./tables/count-rows.ts";
import { unclobbered } from "./unclobbered.ts";
import { cleanLine } from "./values/text.ts";
import { withoutLongFragment } from "./values/url.ts";

/** The document with what the pure code cannot find out by itself. */
export type CaptureInput = {
	/** How long the page may be looked at; left out: as long as `limits` says. */
	budgetMs?: number;
	document: Document;
	/** The document's address at the gesture. */
	url: string;
	/** The selected text at the gesture. */
	selection: string;
	/** The article extractor, present only when its script was loaded. Markdown, or empty. */
	readBody: ((document: Document, url: string) => string) | null;
};

/** An extractor that fails on a strange page loses its own fields, not the capture. */
const attempt = <T>(work: () => T, otherwise: T): T => {
	try {
		return work();
	} catch {
		return otherwise;
	}
};

const chooseKind = (page: PageView): { extractor: Extractor; claim: Claim } | null => {
	let best: { extractor: Extractor; claim: Claim } | null = null;
	for (const extractor of extractors) {
		const claim = attempt(() => extractor.claim(page), null);
		if (claim !== null && claim.confidence > (best?.claim.confidence ?? 0)) best = { extractor, claim };
	}
	// Sure by data, or out of time: then nobody has to look at the page itself.
	if ((best?.claim.confidence ?? 0) >= sure) return best;
	for (const extractor of extractors) {
		if (page.isOutOfTime()) break;
		const { shape } = extractor;
		if (shape === undefined || shape.atMost <= (best?.claim.confidence ?? 0)) continue;
		const confidence = attempt(() => shape.of(page), null);
		if (confidence !== null && confidence > (best?.claim.confidence ?? 0))
			best = { extractor, claim: { confidence, subjects: [] } };
	}
	return best;
};

/** Data that names the kind of the page's own thing outweighs any look of the page. */
const sure = 0.8;

/** The page's own draft: the kind it is most likely to be, its fields and where each came from. */
const pageDraft = (input: CaptureInput, page: PageView, withBody: boolean): CaptureDraft => {
	const chosen = chooseKind(page);
	const found = new Findings();
	attempt(() => chosen?.extractor.read(page, chosen.claim, found), undefined);
	// What a kind reads is about the thing itself, whatever the source; the common fields are about the page around it.
	found.settle();
	attempt(() => readCommon(page, chosen?.extractor.kind ?? "page", found), undefined);
	if (withBody)
		found.offer(
			"body",
			attempt(() => input.readBody?.(input.document, input.url), null),
			"content",
		);
	const { fields, provenance } = found.result();
	const image = fields["image"]?.type === "image" ? fields["image"].value : null;
	const title = fields["title"]?.type === "text" ? fields["title"].value : "";
	const own = cleanLine(input.document.title, limits.titleChars) || title;
	return { kind: chosen?.extractor.kind ?? "page", source: { url: input.url, title: own }, fields, provenance, image };
};

type Pointed = { page: CaptureDraft; subject: Exclude<CaptureSubject, { of: "page" }> };

/** The draft of what the gesture pointed at. An empty selection is the page; an address that is none to save is null. */
const pointedDraft = (input: CaptureInput, view: PageView, { page, subject }: Pointed): CaptureDraft | null => {
	const place = { base: view.base, document: input.document };
	if (subject.of === "link") return linkDraft(page, { ...subject, ...place });
	if (subject.of === "image") return imageDraft(page, { url: subject.url, ...place });
	if (subject.of === "video") return videoDraft(page, { url: subject.url, ...place });
	const quote = input.selection.trim() || subject.text || "";
	return quote === "" ? page : quoteDraft(page, quote);
};

/** The page's draft, above it what the recipes for this page find, and how they fared; and the rows that it has besides. */
const pageReply = (page: CaptureDraft, view: PageView, recipes: readonly UsableRecipe[]): CaptureReply => {
	const counted = attempt(() => countRows(view.document), 0);
	const rows = counted > 0 ? { rows: counted } : {};
	if (recipes.length === 0) return { ok: true, draft: page, ...rows };
	const { draft, readings } = withRecipes(page, recipes, view);
	return { ok: true, draft, recipes: readings, ...rows };
};

/**
 * What the request asks for, taken from the document: a draft, or the reason why there is none. Never throws, changes
 * nothing on the page and asks the network for nothing.
 */
export const captureDocument = (given: CaptureInput, request: CaptureRequest): CaptureReply => {
	try {
		const { subject } = request;
		const input = { ...given, document: unclobbered(given.document) };
		const view = viewPage(input.document, withoutLongFragment(input.url), input.budgetMs);
		const page = pageDraft(input, view, request.withBody && subject.of === "page");
		if (subject.of === "page") return pageReply(page, view, request.recipes ?? []);
		const draft = pointedDraft(input, view, { page, subject });
		return draft === null ? { ok: false, reason: "address-not-http" } : { ok: true, draft };
	} catch (error) {
		return { ok: false, reason: error instanceof Error ? error.name : "unknown" };
	}
};
