/** What scrolls a list: the element around it that does, or the page. */
const scrollerOf = (item: Element, window: Window): Element | null => {
	for (let at = item.parentElement; at !== null && at !== item.ownerDocument.body; at = at.parentElement) {
		const overflows = at.scrollHeight > at.clientHeight + 20 && at.clientHeight > 0;
		if (overflows && /auto|scroll|overlay/.test(window.getComputedStyle(at).overflowY)) return at;
	}
	return item.ownerDocument.scrollingElement;
};

/**
 * Whether the list draws only the rows that are to be seen and makes room for the others: then what is jumped over is never
 * drawn. It says how many there are, or there is room above its first or below its last row inside what holds them.
 */
export const isVirtual = (items: readonly Element[]): boolean => {
	const last = items.at(-1);
	const holder = last?.parentElement ?? null;
	// A header stands elsewhere.
	const first = items.find(({ parentElement }) => parentElement === holder);
	if (first === undefined || last === undefined || holder === null) return false;
	const counted = Number(last.closest("[aria-rowcount]")?.getAttribute("aria-rowcount") ?? 0);
	if (counted > items.length + 1) return true;
	const drawn = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
	return drawn > 0 && holder.getBoundingClientRect().height > drawn * 1.5 + 100;
};

/** One step further down: a screen where rows come and go, else to the end of the list. @returns whether anything moved. */
export const scrollOn = (items: readonly Element[], window: Window, virtual: boolean): boolean => {
	const last = items.at(-1);
	const scroller = last === undefined ? null : scrollerOf(last, window);
	if (last === undefined || scroller === null) return false;
	const before = scroller.scrollTop;
	if (virtual) scroller.scrollTop = before + scroller.clientHeight * 0.8;
	else scroller.scrollTop = scroller.scrollHeight;
	return scroller.scrollTop > before + 1;
};
