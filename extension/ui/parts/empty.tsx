import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** An empty, broken or waiting place: one sentence and at most one button. */
export function Empty({
	icon,
	children,
	action,
}: {
	icon: IconName;
	children: ComponentChildren;
	action?: ComponentChildren;
}) {
	return (
		<div class="empty">
			<Icon name={icon} />
			<p>{children}</p>
			{action}
		</div>
	);
}
