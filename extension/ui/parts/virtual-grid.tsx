import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type GridFocus, type GridMove, gridMove, gridPress, visibleRows } from "./grid-keys.ts";

type VirtualGridProps = {
	label: string;
	count: number;
	/** Of every row, in CSS pixels: `styles/grid.css` draws them so. */
	rowHeight: number;
	/** `grid-template-columns` of head and rows, and the width below which the grid scrolls instead, in CSS pixels. */
	template: string;
	minWidth: number;
	columnCount: number;
	/** The cells of the head, each with the role `columnheader`. */
	head: ComponentChildren;
	/** The cells of a row, each with the role `gridcell`. */
	drawRow: (row: number) => ComponentChildren;
	/** How many rows there are with those that are not here yet; -1 where nobody knows. `count` when left out. */
	rowsInAll?: number;
	/** The last row is drawn: more can be brought. */
	onEnd?: () => void;
	/** Others are about to take the place of these rows. */
	isBusy?: boolean;
	isTicked: (row: number) => boolean;
	onTick: (ticks: NonNullable<GridMove["ticks"]>) => void;
};

/**
 * A grid that draws only the rows in sight, however many there are. The grid itself has the focus and names its active row
 * (`aria-activedescendant`), so that nothing is lost when that row is scrolled away; `aria-rowcount` and `aria-rowindex` tell assistive
 * technology of the rows that are not drawn.
 */
export function VirtualGrid(props: VirtualGridProps) {
	const { label, count, rowHeight, template, minWidth, columnCount, onTick, rowsInAll = count } = props;
	const id = useId();
	const grid = useRef<HTMLDivElement>(null);
	const [focus, setFocus] = useState<GridFocus>({ active: 0, anchor: 0 });
	const view = useView(grid);
	const range = visibleRows({ ...view, rowHeight }, count);
	useEnd(range.to >= count, props);
	const active = Math.min(focus.active, Math.max(count - 1, 0));
	const go = ({ focus: next, ticks }: GridMove) => {
		setFocus(next);
		if (next.active !== active) reveal(grid.current, next.active * rowHeight, rowHeight);
		if (ticks !== null) onTick(ticks);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		// A key in the head is the head's.
		if (event.target !== grid.current) return;
		const move = gridMove(event, focus, { count, page: Math.max(1, Math.floor(view.height / rowHeight) - 1) });
		if (!move) return;
		event.preventDefault();
		go(move);
	};
	return (
		<div
			ref={grid}
			class="vgrid"
			role="grid"
			tabIndex={0}
			aria-label={label}
			aria-multiselectable="true"
			aria-busy={props.isBusy ? "true" : undefined}
			aria-rowcount={rowsInAll < 0 ? -1 : rowsInAll + 1}
			aria-colcount={columnCount}
			aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
			style={{ "--grid-template": template, "--grid-min": `${minWidth}px`, "--grid-row": `${rowHeight}px` }}
			onKeyDown={onKeyDown}
		>
			<Head>{props.head}</Head>
			<Rows
				{...props}
				id={id}
				range={range}
				active={active}
				onPress={(row, shiftKey) => go(gridPress(row, shiftKey, focus))}
			/>
		</div>
	);
}

function Head({ children }: { children: ComponentChildren }) {
	return (
		<div role="rowgroup" class="vgrid-head">
			<div role="row" aria-rowindex={1} class="vgrid-row">
				{children}
			</div>
		</div>
	);
}

type RowsProps = VirtualGridProps & {
	id: string;
	range: { from: number; to: number };
	active: number;
	onPress: (row: number, shiftKey: boolean) => void;
};

/** The rows in sight, each in its place, in a body as high as all of them. */
function Rows({ id, range: { from, to }, active, count, rowHeight, drawRow, isTicked, onPress }: RowsProps) {
	const slots = to - from;
	// A row that is scrolled away leaves its elements to the one that comes: making them anew is most of what a frame would cost.
	const rows = Array.from({ length: slots }, (_, place) => ({ row: from + place, slot: (from + place) % slots }));
	// The active row is always there to be pointed at.
	if (count > 0 && (active < from || active >= to)) rows.push({ row: active, slot: slots });
	return (
		<div role="rowgroup" class="vgrid-body" style={{ blockSize: `${count * rowHeight}px` }}>
			{rows.map(({ row, slot }) => (
				<div
					key={slot}
					id={`${id}-${row}`}
					role="row"
					aria-rowindex={row + 2}
					aria-selected={isTicked(row)}
					class="vgrid-row"
					data-active={row === active}
					style={{ transform: `translateY(${row * rowHeight}px)` }}
					onClick={(event) => onPress(row, event.shiftKey)}
				>
					{drawRow(row)}
				</div>
			))}
		</div>
	);
}

/** Says that the last row is drawn, and again for every row that came since. */
function useEnd(isReached: boolean, { count, onEnd }: Pick<VirtualGridProps, "count" | "onEnd">): void {
	useEffect(() => {
		if (isReached) onEnd?.();
	}, [isReached, count, onEnd]);
}

/** Where the grid is scrolled to and how high it is, in CSS pixels. */
function useView(grid: { current: HTMLDivElement | null }): { scrollTop: number; height: number } {
	// The height is not known before the first layout: about a panel's, so that the first frame is full.
	const [view, setView] = useState({ scrollTop: 0, height: 600 });
	useLayoutEffect(() => {
		const element = grid.current;
		if (!element) return;
		const look = () => setView({ scrollTop: element.scrollTop, height: element.clientHeight });
		const sizes = new ResizeObserver(look);
		sizes.observe(element);
		element.addEventListener("scroll", look, { passive: true });
		return () => {
			sizes.disconnect();
			element.removeEventListener("scroll", look);
		};
	}, []);
	return view;
}

/** Scrolls so far that a row is between the head and the lower edge. */
function reveal(grid: HTMLDivElement | null, top: number, rowHeight: number): void {
	if (!grid) return;
	const head = grid.firstElementChild instanceof HTMLElement ? grid.firstElementChild.offsetHeight : 0;
	const [first, last] = [grid.scrollTop, grid.scrollTop + grid.clientHeight - head - rowHeight];
	if (top < first) grid.scrollTop = top;
	else if (top > last) grid.scrollTop = top - (last - first);
}
