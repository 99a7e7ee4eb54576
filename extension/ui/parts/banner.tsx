import type { ComponentChildren } from "preact";
import { IconButton } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

type BannerProps = {
	children: ComponentChildren;
	tone?: "plain" | "warn" | "bad";
	icon?: IconName;
	/** The one next step. */
	action?: ComponentChildren;
	dismiss?: { label: string; onPress: () => void };
};

/** One sentence in the flow of the page with at most one button; never over the content. */
export function Banner({ children, tone = "plain", icon, action, dismiss }: BannerProps) {
	return (
		<div class="banner" data-tone={tone}>
			{icon && <Icon name={icon} />}
			<p class="banner-text">{children}</p>
			{action}
			{dismiss && <IconButton icon="close" label={dismiss.label} onPress={dismiss.onPress} size="small" />}
		</div>
	);
}
