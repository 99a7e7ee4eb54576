import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

type RowProps = {
	/** A drawn mark, or the first letters of a person. */
	mark: { icon: IconName } | { initials: string };
	title: ComponentChildren;
	/** Facts under the title; empty ones are left out. */
	notes?: readonly (ComponentChildren | null)[];
	/** A sentence on a line of its own: why something cannot be done, or what went wrong. */
	reason?: string | null;
	/** What can be done with it. */
	children?: ComponentChildren;
};

/** One line of a list of things: who or what, facts about it, and what can be done. */
export function Row({ mark, title, notes = [], reason = null, children }: RowProps) {
	const said = notes.filter((note) => note !== null && note !== "" && note !== false);
	return (
		<li class="row">
			<span class="row-mark" data-round={"initials" in mark} aria-hidden="true">
				{"icon" in mark ? <Icon name={mark.icon} /> : mark.initials}
			</span>
			<div class="row-words">
				<p class="row-title">{title}</p>
				{said.length > 0 && (
					<p class="row-notes muted">
						{said.map((note, index) => (
							<span key={index}>{note}</span>
						))}
					</p>
				)}
				{reason !== null && <p class="row-reason muted">{reason}</p>}
			</div>
			{children && <div class="row-side">{children}</div>}
		</li>
	);
}

/** The outline of lines that are on their way, in their size: nothing moves when they come. */
export function RowOutline({ count }: { count: number }) {
	return (
		<ul class="card rows" aria-hidden="true">
			{Array.from({ length: count }, (_, index) => (
				<li class="row" key={index}>
					<span class="row-mark skeleton" />
					<div class="row-words">
						<span class="skeleton row-outline" />
						<span class="skeleton row-outline" />
					</div>
				</li>
			))}
		</ul>
	);
}
