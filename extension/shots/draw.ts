import { maxPictureBytes } from "../blobs/address.ts";
import type { Piece } from "./plan.ts";
import { ShotError } from "./shot.ts";

/** A picture that is put together of views. */
export type Drawing = { draw(view: ImageBitmap, piece: Piece): void; picture(): Promise<Blob> };

/** @param size in pixels of the picture */
export function newDrawing({ width, height }: { width: number; height: number }): Drawing {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext("2d");
	if (context === null) throw new ShotError("too-large");
	return {
		draw: (view, { from, to, width: w, height: h }) => {
			context.drawImage(view, from.x, from.y, w, h, to.x, to.y, w, h);
			view.close();
		},
		picture: () => encoded(canvas),
	};
}

/** Without loss where that is small enough, else with a little. @throws ShotError `too-large` */
async function encoded(canvas: OffscreenCanvas): Promise<Blob> {
	for (const form of [
		{ type: "image/png" },
		{ type: "image/jpeg", quality: 0.9 },
		{ type: "image/jpeg", quality: 0.7 },
	]) {
		const picture = await canvas.convertToBlob(form);
		if (picture.size <= maxPictureBytes) return picture;
	}
	throw new ShotError("too-large");
}
