import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { BrowserContext } from "playwright";

type Frame = { caption: string; png: Buffer };

const frameHeight = 420;
const gap = 16;

/** The steps of one journey, side by side in one picture, each with a line under it. */
export class Strip {
	readonly #frames: Frame[] = [];

	add(caption: string, png: Buffer): void {
		this.#frames.push({ caption, png });
	}

	/** Drawn by the browser itself: nothing else here can put pictures beside each other. */
	async save(context: BrowserContext, file: string): Promise<void> {
		const page = await context.newPage();
		await page.setContent(this.#html());
		await page.evaluate("Promise.all([...document.images].map((image) => image.decode())).then(() => null)");
		const strip = page.locator("main");
		mkdirSync(dirname(file), { recursive: true });
		// Wider than the window: a picture of the element is as large as the element.
		writeFileSync(file, await strip.screenshot());
		await page.close();
	}

	#html(): string {
		const figures = this.#frames.map(
			({ caption, png }, index) =>
				`<figure><img src="data:image/png;base64,${png.toString("base64")}" alt=""><figcaption>${index + 1}. ${caption}</figcaption></figure>`,
		);
		return `<!doctype html><meta charset="utf-8"><style>
			body { margin: 0; width: max-content; font: 14px system-ui, sans-serif; color: #2b2925; background: #f4f2ee }
			main { display: flex; gap: ${gap}px; padding: ${gap}px; width: max-content }
			figure { margin: 0 } img { display: block; height: ${frameHeight}px; border: 1px solid #dcd8d0; border-radius: 10px }
			figcaption { padding-top: 8px; max-width: 560px }
		</style><main>${figures.join("")}</main>`;
	}
}
