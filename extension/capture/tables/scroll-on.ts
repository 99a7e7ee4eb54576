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
 * drawn. Room above the first or below the last item inside what holds them.
 */
export const isVirtual = (items: readonly Element[]): boolean => {
	const [first, last] = [items[0], items.at(-1)];
	const holder = first?.parentElement;
	if (first === undefined || last === undefined || holder == null) return false;
	const drawn = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
	const outer = Math.max(holder.getBoundingClientRect().height, holder.parentElement?.scrollHeight ?? 0);
	const isMoved = /translate|absolute/.test(`${first.getAttribute("style") ?? ""}`);
	return drawn > 0 && outer > drawn * 1.5 + 200 && (isMoved || holder.getBoundingClientRect().height > drawn * 1.5);
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
