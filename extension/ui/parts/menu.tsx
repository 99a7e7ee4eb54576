import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

export type MenuEntry =
	| "line"
	/** Over entries that belong together. */
	| { heading: string }
	/** `checked`: one of several that exclude each other; with `many`, of which any number may be. Those leave the menu open. */
	| {
			label: string;
			note?: string;
			icon?: IconName;
			checked?: boolean;
			many?: boolean;
			name?: string;
			onPress: () => void;
	  }
	| { label: string; note?: string; icon?: IconName; href: string };

type MenuProps = {
	/** The name of the button when its content does not say it. */
	label?: string;
	title?: string;
	class: string;
	/** Drawn in the button. */
	children: ComponentChildren;
	entries: MenuEntry[];
};

const gapPx = 4;

/** A button that opens a menu in the top layer: arrow keys move, Enter chooses, Esc and a press outside close. */
export function Menu({ label, title, class: className, children, entries }: MenuProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const menu = useRef<HTMLDivElement>(null);
	const onToggle = usePlaced(button, menu);
	const onKeyDown = (event: KeyboardEvent) => {
		if (menu.current?.matches(":popover-open")) moveFocus(menu.current, event);
	};
	return (
		<>
			<button
				type="button"
				ref={button}
				class={className}
				aria-label={label}
				title={title ?? label}
				aria-haspopup="menu"
				aria-expanded="false"
				popovertarget={id}
				onKeyDown={onKeyDown}
			>
				{children}
			</button>
			<div
				ref={menu}
				id={id}
				popover="auto"
				role="menu"
				aria-label={label ?? title}
				class="menu"
				onToggle={onToggle}
				onKeyDown={onKeyDown}
				onClick={() => menu.current?.hidePopover()}
			>
				{entries.map((entry) => {
					if (entry === "line") return <div class="menu-line" role="separator" />;
					if ("heading" in entry) return <p class="menu-heading">{entry.heading}</p>;
					return <Item entry={entry} />;
				})}
			</div>
		</>
	);
}

/** Keeps an open menu at its button, also when the page is resized or scrolled under it, and tells the button that it is open. */
function usePlaced(button: RefObject<HTMLElement | null>, menu: RefObject<HTMLElement | null>) {
	const follow = useRef(() => {
		if (button.current && menu.current) place(menu.current, button.current.getBoundingClientRect());
	});
	const stop = () => {
		removeEventListener("resize", follow.current);
		removeEventListener("scroll", follow.current, { capture: true });
	};
	useEffect(() => stop, []);
	return (event: Event) => {
		if (!(event instanceof ToggleEvent)) return;
		const isOpen = event.newState === "open";
		button.current?.setAttribute("aria-expanded", String(isOpen));
		stop();
		if (!isOpen || !menu.current) return;
		follow.current();
		addEventListener("resize", follow.current);
		addEventListener("scroll", follow.current, { capture: true, passive: true });
		// The event comes a moment after the menu is open: a key that was quicker has moved the focus already.
		if (!menu.current.contains(document.activeElement)) itemsOf(menu.current)[0]?.focus();
	};
}

function Item({ entry }: { entry: Exclude<MenuEntry, "line" | { heading: string }> }) {
	const content = (
		<>
			{entry.icon && <Icon name={entry.icon} />}
			<span class="menu-item-text">{entry.label}</span>
			{entry.note && <span class="menu-item-note">{entry.note}</span>}
		</>
	);
	if ("href" in entry) {
		return (
			<a class="menu-item" role="menuitem" tabIndex={-1} href={entry.href} target="_blank" rel="noreferrer">
				{content}
			</a>
		);
	}
	const checkable = entry.checked !== undefined;
	const role = entry.many ? "menuitemcheckbox" : "menuitemradio";
	const onPress = (event: Event) => {
		// The menu closes on the way up.
		if (entry.many) event.stopPropagation();
		entry.onPress();
	};
	return (
		<button
			type="button"
			class="menu-item"
			role={checkable ? role : "menuitem"}
			aria-checked={checkable ? entry.checked : undefined}
			aria-label={entry.name}
			tabIndex={-1}
			onClick={onPress}
		>
			{checkable && (entry.checked ? <Icon name="tick" /> : <span class="icon" />)}
			{content}
		</button>
	);
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];

function moveFocus(menu: HTMLElement, event: KeyboardEvent) {
	const items = itemsOf(menu);
	const at = items.indexOf(document.activeElement as HTMLElement);
	const next = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: -1 }[event.key];
	if (event.key === "Tab") menu.hidePopover();
	if (event.key === "Escape") {
		// Left to the browser, it would close the menu and the extension's popup around it, with what was typed.
		event.preventDefault();
		menu.hidePopover();
	}
	if (next === undefined) return;
	event.preventDefault();
	items.at(next % items.length)?.focus();
}

/** Under the button, on the side where the page has room. Anchor positioning would do this, but not yet in every browser we serve. */
function place(menu: HTMLElement, anchor: DOMRect) {
	const width = menu.offsetWidth;
	const left = anchor.left + width + gapPx > innerWidth ? anchor.right - width : anchor.left;
	menu.style.left = `${Math.max(gapPx, left)}px`;
	const below = anchor.bottom + gapPx;
	const fits = below + menu.offsetHeight <= innerHeight;
	menu.style.top = `${fits ? below : Math.max(gapPx, anchor.top - gapPx - menu.offsetHeight)}px`;
}
