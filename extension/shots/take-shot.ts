import { browser } from "wxt/browser";
import type { CapturedDocument } from "../capture/draft.ts";
import "./page-side.ts";
import { captureView } from "./capture-view.ts";
import { newDrawing } from "./draw.ts";
import { pieceIn, planViews, type Region, type View } from "./plan.ts";
import { ShotError } from "./shot.ts";

/** What was drawn. `isCut`: there is more of it than a picture can hold. */
export type Taken = { picture: Blob; isCut: boolean };

export type ShootOptions = {
	/** null: what the window shows now; `whole`: the document from top to end. */
	region: Region | "whole" | null;
	signal?: AbortSignal;
	onProgress?: (progress: { done: number; of: number }) => void;
};

/**
 * Takes a picture of the document in a tab, after the gesture that granted `activeTab`, and leaves the page as it was.
 * @throws ShotError why there is none
 */
export async function shoot(document: CapturedDocument, { region, signal, onProgress }: ShootOptions): Promise<Taken> {
	const page = pageOf(document);
	await page.inject();
	try {
		const begun = await page.begin();
		// A first view says how many pixels of a picture the page's own have: the screen's and the zoom's.
		const first = await captureView(document.tabId);
		const scale = first.width / begun.window.width;
		const { view } = begun;
		const wanted = region === null ? inView(view) : region === "whole" ? begun.whole : region;
		const { tops, width, height, isCut } = planViews(wanted, view, scale);
		const shown = { left: region === null ? view.x : wanted.left, top: wanted.top, width, height };
		const drawing = newDrawing({ width: Math.round(width * scale), height: Math.round(height * scale) });
		if (contains(view, shown)) draw(drawing, { bitmap: first, shown, view, scale });
		else {
			first.close();
			for (const [place, top] of tops.entries()) {
				if (signal?.aborted) throw new ShotError("cancelled");
				const now = await page.show({ top, clear: place > 0 });
				if (now === null) throw new ShotError("cancelled");
				draw(drawing, { bitmap: await captureView(document.tabId), shown, view: now, scale });
				onProgress?.({ done: place + 1, of: tops.length });
			}
		}
		// Who went on to another page between a look at the document and the browser's view has a picture of that page.
		if (!(await page.isStill())) throw new ShotError("document-changed");
		return { picture: await drawing.picture(), isCut };
	} finally {
		await page.end();
	}
}

type View2D = { bitmap: ImageBitmap; shown: Region; view: View; scale: number };

function draw(drawing: ReturnType<typeof newDrawing>, { bitmap, shown, view, scale }: View2D): void {
	const piece = pieceIn(shown, view, scale);
	if (piece) drawing.draw(bitmap, piece);
	else bitmap.close();
}

function inView({ x: left, y: top, width, height }: View): Region {
	return { left, top, width, height };
}

function contains({ x, y, width, height }: View, region: Region): boolean {
	return (
		region.left >= x &&
		region.top >= y &&
		region.left + region.width <= x + width &&
		region.top + region.height <= y + height
	);
}

/** The document's side, and no other document's: one that has taken its place is told by its id, or in Firefox by its address. */
function pageOf({ tabId, documentId, url }: CapturedDocument) {
	const target = documentId === "" ? { tabId, frameIds: [0] } : { tabId, documentIds: [documentId] };
	const token = crypto.randomUUID();
	const changed = () => Promise.reject(new ShotError("document-changed"));
	const ask = async <Args extends unknown[], T>(func: (...args: Args) => T, args: Args): Promise<Awaited<T>> => {
		const [answer] = await browser.scripting.executeScript({ target, func, args }).catch(changed);
		return answer?.result as Awaited<T>;
	};
	return {
		inject: async () => {
			const files = ["/shot-page.js"];
			const [answer] = await browser.scripting.executeScript({ target, files }).catch(changed);
			const address = answer?.result as string | undefined;
			if (address?.split("#")[0] !== url.split("#")[0]) throw new ShotError("document-changed");
		},
		// Serialised into the page's isolated world: these can use nothing of this file.
		begin: async () => {
			const begun = await ask(
				(own: string) => {
					const shot = globalThis.sheafShot;
					return shot ? { ...shot.begin(own), window: { width: innerWidth } } : null;
				},
				[token],
			);
			if (!begun) throw new ShotError("document-changed");
			return begun;
		},
		show: (step: { top: number; clear: boolean }) =>
			ask(async (asked: { top: number; clear: boolean }) => (await globalThis.sheafShot?.show(asked)) ?? null, [step]),
		isStill: () => ask((own: string) => globalThis.sheafShot?.isStill(own) ?? false, [token]),
		end: () => ask(() => globalThis.sheafShot?.end(), []).catch(() => undefined),
	};
}
