import type { ComponentChildren } from "preact";
import { Problem } from "../parts/problem.tsx";

type DeedProps = {
	title: string;
	/** What it does, and what it leaves. */
	body: string;
	/** What came of it, read out. */
	said?: string;
	problem?: string | null;
	children: ComponentChildren;
};

/** A line with one thing to do to the whole of something: what it means beside the button that does it. */
export function Deed({ title, body, said, problem = null, children }: DeedProps) {
	return (
		<li class="row deed">
			<div class="row-words">
				<h3 class="row-title">{title}</h3>
				<p class="muted">{body}</p>
				{said !== undefined && (
					<p class="deed-said" role="status">
						{said}
					</p>
				)}
				<Problem>{problem}</Problem>
			</div>
			<div class="row-side">{children}</div>
		</li>
	);
}
