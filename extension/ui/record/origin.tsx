import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FieldProvenance } from "../../../backend/contract/provenance.ts";
import { locale } from "../../i18n/locale.ts";
import { provenanceWords } from "../words/capture.ts";
import { inputWords } from "../words/inputs.ts";

/** Under this, a value is a guess (what the browser says of any page has 0.4): it is marked, quietly. */
const unsureBelow = 0.4;

/** A pointer that only passes by opens nothing. */
const settleMs = 300;
const gapPx = 4;

export function isUnsure(provenance: FieldProvenance | null): boolean {
	return provenance !== null && provenance.confidence < unsureBelow;
}

/** The id of what says where the value of an input comes from; the input names it in `aria-describedby`. */
export function originId(id: string, provenance: FieldProvenance | null): string | undefined {
	return provenance === null ? undefined : `${id}-origin`;
}

type OriginProps = {
	/** The input's. */
	id: string;
	provenance: FieldProvenance | null;
	class: string;
	input?: string;
	children: ComponentChildren;
};

/**
 * An input with where its value comes from: a tooltip in the top layer while the pointer rests on it or it has the focus. Esc takes it away,
 * and so does typing. What it says is the input's description, so that it is read out without being seen.
 */
export function Origin({ id, provenance, class: className, input, children }: OriginProps) {
	const tooltip = useRef<HTMLSpanElement>(null);
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	const hide = () => {
		clearTimeout(timer.current);
		if (tooltip.current?.matches(":popover-open")) tooltip.current.hidePopover();
	};
	const show = (event: Event & { currentTarget: HTMLElement }) => {
		const line = event.currentTarget;
		clearTimeout(timer.current);
		timer.current = setTimeout(() => tooltip.current && line.isConnected && open(tooltip.current, line), settleMs);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const isOpen = tooltip.current?.matches(":popover-open") === true;
		// Left to the browser, Esc would close the popup around it, with what was typed.
		if (event.key === "Escape" && isOpen && !event.defaultPrevented) event.preventDefault();
		hide();
	};
	return (
		<div
			class={className}
			data-input={input}
			data-unsure={isUnsure(provenance)}
			onPointerEnter={show}
			onPointerLeave={hide}
			onFocusIn={show}
			onFocusOut={hide}
			onPointerDown={hide}
			onKeyDown={onKeyDown}
		>
			{children}
			{provenance && (
				<span ref={tooltip} id={originId(id, provenance)} class="tooltip" role="tooltip" popover="manual">
					<OriginWords provenance={provenance} />
				</span>
			)}
		</div>
	);
}

function OriginWords({ provenance }: { provenance: FieldProvenance }) {
	const { from, path, confidence } = provenance;
	const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(confidence);
	return (
		<>
			<span>{from === "typed" ? provenanceWords.typed : inputWords.sureness(provenanceWords[from], percent)}</span>
			{isUnsure(provenance) && <span>{inputWords.unsure}</span>}
			{path && <code class="tooltip-path">{path}</code>}
		</>
	);
}

/** Under the line, at its end; above it where there is no room. */
function open(tooltip: HTMLElement, line: HTMLElement) {
	tooltip.showPopover();
	const box = line.getBoundingClientRect();
	const { offsetWidth: width, offsetHeight: height } = tooltip;
	const isRightToLeft = getComputedStyle(line).direction === "rtl";
	const left = isRightToLeft ? box.left : box.right - width;
	tooltip.style.left = `${Math.max(gapPx, Math.min(left, innerWidth - width - gapPx))}px`;
	const below = box.bottom + gapPx;
	tooltip.style.top = `${below + height <= innerHeight ? below : Math.max(gapPx, box.top - gapPx - height)}px`;
}
