import type { RefObject } from "preact";
import { isPickable, type Step, walk } from "../../capture/picker/walk.ts";
import { isRightToLeft } from "../../i18n/locale.ts";
import { pickerWords } from "../words/picker.ts";
import { elementAt } from "./point-at.ts";

type SurfaceProps = {
	surface: RefObject<HTMLDivElement | null>;
	page: Document;
	host: Element;
	pointed: Element | null;
	onPoint: (element: Element | null) => void;
	onPick: (element: Element) => void;
};

const steps: Readonly<Record<string, Step>> = {
	ArrowUp: "out",
	ArrowDown: "in",
	ArrowLeft: isRightToLeft ? "on" : "back",
	ArrowRight: isRightToLeft ? "back" : "on",
};

/** Lies over the whole page: the pointer and the keys reach it and not the page. */
export function Surface({ surface, page, host, pointed, onPoint, onPick }: SurfaceProps) {
	const onKeyDown = (event: KeyboardEvent) => {
		const step = steps[event.key];
		if (step === undefined && event.key !== "Enter") return;
		event.preventDefault();
		if (step === undefined) {
			if (pointed !== null) onPick(pointed);
			return;
		}
		const next = pointed?.isConnected ? walk(pointed, step) : firstOf(page);
		next?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
		onPoint(next);
	};
	return (
		<div
			ref={surface}
			class="picker-surface"
			tabIndex={0}
			// The arrow keys mean something else here than to a reader of the page.
			role="application"
			aria-label={pickerWords.surface}
			onKeyDown={onKeyDown}
			onPointerMove={({ clientX: x, clientY: y }) => onPoint(elementAt(page, host, { x, y }))}
			onPointerLeave={() => onPoint(null)}
			onClick={({ clientX: x, clientY: y }) => {
				const element = elementAt(page, host, { x, y });
				if (element !== null) onPick(element);
			}}
		/>
	);
}

/** Where the keys begin: the page's heading, or the first thing there is. */
function firstOf(page: Document): Element | null {
	const heading = page.querySelector("h1");
	if (heading !== null && isPickable(heading)) return heading;
	return Array.from(page.body.children).find((element) => isPickable(element)) ?? null;
}
