import { render } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Region } from "../../shots/plan.ts";
import { IconButton } from "../parts/button.tsx";
import { pickerWords } from "../words/picker.ts";
import { chooserWords } from "../words/pictures.ts";
import { openFrame, type PickerFrame } from "./frame.ts";
import { Outlines } from "./outlines.tsx";
import { Surface } from "./surface.tsx";

/** What the overlay needs of the page it is opened over. */
type ChooserPage = {
	window: Window;
	/** Hands what was chosen to the background; null: nothing. */
	send: (region: Region | null) => Promise<void>;
};

/** Opens the overlay in which one element is chosen, to have a picture of it. It is gone from the page before it says which. */
export function openChooser(theme: "system" | "light" | "dark", { window, send }: ChooserPage): void {
	const frame = openFrame(window.document);
	const isDark = theme === "system" ? window.matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
	const close = (element: Element | null) => {
		render(null, frame.root);
		frame.close();
		element?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
		const region = element && regionOf(element, window);
		// Two frames: in the one that is being drawn the overlay may still be seen.
		window.requestAnimationFrame(() => window.requestAnimationFrame(() => void send(region).catch(() => undefined)));
	};
	render(<Chooser frame={frame} page={window} scheme={isDark ? "dark" : "light"} onChoose={close} />, frame.root);
}

function regionOf(element: Element, { scrollX, scrollY }: Window): Region {
	const { left, top, width, height } = element.getBoundingClientRect();
	return { left: left + scrollX, top: top + scrollY, width, height };
}

type ChooserProps = {
	frame: PickerFrame;
	page: Window;
	scheme: "light" | "dark";
	onChoose: (element: Element | null) => void;
};

const none: readonly never[] = [];

function Chooser({ frame, page, scheme, onChoose }: ChooserProps) {
	const [pointed, point] = useState<Element | null>(null);
	const surface = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => surface.current?.focus({ preventScroll: true }), []);
	return (
		<div class="picker" data-theme={scheme} onKeyDown={(event) => event.key === "Escape" && onChoose(null)}>
			<Surface
				page={page.document}
				host={frame.host}
				pointed={pointed}
				onPoint={point}
				onPick={onChoose}
				surface={surface}
			/>
			<Outlines fields={none} current={pointed} alike={none} page={page} />
			<section class="picker-panel" data-side="end" aria-label={chooserWords.title}>
				<header class="picker-head">
					<h1 class="picker-title">{chooserWords.title}</h1>
					<IconButton icon="close" label={pickerWords.close} onPress={() => onChoose(null)} />
				</header>
				<p>{chooserWords.hint}</p>
				<p class="muted">{chooserWords.keys}</p>
			</section>
		</div>
	);
}
