import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";

type TabsProps<Name extends string> = {
	label: string;
	tabs: readonly { name: Name; title: ComponentChildren }[];
	open: Name;
	onOpen: (name: Name) => void;
	/** What the open tab shows. */
	children: ComponentChildren;
};

/** Tabs with one panel: arrow keys go from one to the next and open it, Tab goes on into the panel. */
export function Tabs<Name extends string>({ label, tabs, open, onOpen, children }: TabsProps<Name>) {
	const id = useId();
	const list = useRef<HTMLDivElement>(null);
	const onKeyDown = (event: KeyboardEvent) => {
		const at = tabs.findIndex(({ name }) => name === open);
		const forward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
		const step = { ArrowRight: forward, ArrowLeft: -forward, Home: -at, End: tabs.length - 1 - at }[event.key];
		const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
		if (!next) return;
		event.preventDefault();
		onOpen(next.name);
		list.current?.querySelector<HTMLElement>(`[data-name="${next.name}"]`)?.focus();
	};
	return (
		<>
			<div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
				{tabs.map(({ name, title }) => (
					<button
						key={name}
						type="button"
						role="tab"
						class="tab"
						id={`${id}-${name}`}
						data-name={name}
						aria-selected={name === open}
						aria-controls={`${id}-panel`}
						tabIndex={name === open ? 0 : -1}
						onClick={() => onOpen(name)}
					>
						{title}
					</button>
				))}
			</div>
			<div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
				{children}
			</div>
		</>
	);
}
