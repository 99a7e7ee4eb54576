import type { Region, View } from "./plan.ts";

/** A page that a picture is being taken of. */
export type PageShot = {
	/** How it stands before anything is changed. `token`: of this picture, for `isStill`. */
	begin(token: string): { view: View; whole: Region };
	/** Scrolls there and waits until it is drawn. `clear`: what sticks to the window is taken out of the way first. null: cancelled. */
	show(step: { top: number; clear: boolean }): Promise<View | null>;
	/** Whether this is the document that the picture was begun in: another one that took its place knows no token, or another. */
	isStill(token: string): boolean;
	/** Puts everything back as it was. Can be repeated. */
	end(): void;
};

/** The injected script defines it in its isolated world, which pages cannot see. */
declare global {
	var sheafShot: PageShot | undefined;
}

/** A page of a hundred thousand elements is looked through no longer than any other. */
const maxElements = 20_000;

type Changed = { element: HTMLElement; property: string; value: string; priority: string };

/** The page's part of taking a picture. It changes styles of elements and where the page is scrolled to, and `end` undoes both. */
export function pageShot(page: Window): PageShot {
	const { document } = page;
	const [x, y] = [page.scrollX, page.scrollY];
	const changed: Changed[] = [];
	let isCancelled = false;
	let begun: string | null = null;
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		event.stopImmediatePropagation();
		isCancelled = true;
	};
	page.addEventListener("keydown", onKeyDown, true);
	const set = (element: HTMLElement, property: string, value: string) => {
		const { style } = element;
		changed.push({
			element,
			property,
			value: style.getPropertyValue(property),
			priority: style.getPropertyPriority(property),
		});
		style.setProperty(property, value, "important");
	};
	return {
		begin: (token) => {
			begun = token;
			const { scrollWidth: width, scrollHeight: height } = document.scrollingElement ?? document.documentElement;
			return { view: viewOf(page), whole: { left: 0, top: 0, width, height } };
		},
		show: async ({ top, clear }) => {
			if (isCancelled) return null;
			for (const element of clear ? stickyElements(page) : []) {
				// What is fixed lies over the page; what is sticky has a place of its own in it.
				if (element.position === "fixed") set(element.element, "visibility", "hidden");
				else set(element.element, "position", "static");
			}
			page.scrollTo({ left: page.scrollX, top, behavior: "instant" });
			await drawn(page);
			return isCancelled ? null : viewOf(page);
		},
		isStill: (token) => token === begun,
		end: () => {
			page.removeEventListener("keydown", onKeyDown, true);
			for (const { element, property, value, priority } of changed.splice(0).toReversed()) {
				if (value === "") element.style.removeProperty(property);
				else element.style.setProperty(property, value, priority);
			}
			page.scrollTo({ left: x, top: y, behavior: "instant" });
		},
	};
}

/** Without the scroll bars, which are no part of the page. */
function viewOf(page: Window): View {
	const { clientWidth, clientHeight } = page.document.documentElement;
	return {
		width: clientWidth || page.innerWidth,
		// In a document without a type the root is as high as the whole page.
		height: Math.min(clientHeight || page.innerHeight, page.innerHeight),
		x: page.scrollX,
		y: page.scrollY,
	};
}

function stickyElements(page: Window): { element: HTMLElement; position: "fixed" | "sticky" }[] {
	const found: { element: HTMLElement; position: "fixed" | "sticky" }[] = [];
	const elements = page.document.body.getElementsByTagName("*");
	for (let place = 0; place < Math.min(elements.length, maxElements); place += 1) {
		const element = elements[place];
		if (!(element instanceof HTMLElement)) continue;
		const { position, visibility } = page.getComputedStyle(element);
		if (position === "sticky" || (position === "fixed" && visibility !== "hidden")) found.push({ element, position });
	}
	return found;
}

/** Two frames: the first may have begun before the scrolling. A page that draws none (hidden meanwhile) is not waited for. */
function drawn(page: Window): Promise<void> {
	return new Promise((resolve) => {
		page.setTimeout(resolve, 300);
		page.requestAnimationFrame(() => page.requestAnimationFrame(() => resolve()));
	});
}
